//! # array_slice
//!
//! The elements from a place to before another. Negative places count from the end; what lies outside is left
//! out.
//!
//! ```apl
//! array_slice(array, start, end)
//! ```
//!
//! ## Example
//!
//! ```apl
//! array_slice(dynamic([10, 20, 30, 40]), 1, 3) -> [20,30]
//! array_slice(dynamic([10, 20, 30, 40]), -2, 4) -> [30,40]
//! array_slice(dynamic([10, 20]), 5, 9) -> []
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["array_slice"],
    "array_slice(array, start, end)",
    &[Takes::Array, Takes::Integer, Takes::Integer],
    Kind::Array,
    |rows| {
        rows.arrays(|row| {
            let elements = row.array(0)?;
            let bound = |place: i64| super::clamped(place, elements.len());
            let (start, end) = (bound(row.integer(1)?), bound(row.integer(2)?));
            Some(elements.get(start..end).unwrap_or_default().to_vec())
        })
    },
);
