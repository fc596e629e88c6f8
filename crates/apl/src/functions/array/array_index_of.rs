//! # array_index_of
//!
//! Where a value is first found in an array, counted from 0; -1 when it is not there. The search may begin at
//! a place (a negative one counts from the end), look at so many elements (-1: all), and want another than
//! the first occurrence.
//!
//! ```apl
//! array_index_of(array, value, start, length, occurrence)
//! ```
//!
//! ## Example
//!
//! ```apl
//! array_index_of(dynamic(["a", "b", "c", "b"]), "b") -> 1
//! array_index_of(dynamic(["a", "b", "c", "b"]), "b", 2) -> 3
//! array_index_of(dynamic(["a", "b", "c", "b"]), "b", 0, -1, 2) -> 3
//! array_index_of(dynamic([1, 2]), 3) -> -1
//! ```

use crate::functions::{Function, Takes};
use crate::kernels::json;
use crate::kernels::rows::Row;
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["array_index_of"],
    "array_index_of(array, value, start, length, occurrence)",
    &[
        Takes::Array,
        Takes::Any,
        Takes::Integer,
        Takes::Integer,
        Takes::Integer,
    ],
    Kind::Integer,
    |rows| rows.integers(index),
)
.optional(3);

fn index(row: Row<'_>) -> Option<i64> {
    let (elements, wanted) = (row.array(0)?, row.json(1));
    let start = match row.integer(2).unwrap_or(0) {
        start if start < 0 => elements
            .len()
            .saturating_sub(usize::try_from(start.unsigned_abs()).ok()?),
        start => usize::try_from(start).ok()?,
    };
    // A negative length is no limit.
    let length = usize::try_from(row.integer(3).unwrap_or(-1)).unwrap_or(usize::MAX);
    let earlier = usize::try_from(row.integer(4).unwrap_or(1))
        .ok()?
        .checked_sub(1)?;
    let found = elements
        .iter()
        .enumerate()
        .skip(start)
        .take(length)
        .filter(|(_, element)| json::same(element, &wanted))
        .nth(earlier);
    Some(found.map_or(-1, |(place, _)| place as i64))
}
