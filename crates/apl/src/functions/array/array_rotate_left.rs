//! # array_rotate_left
//!
//! The elements moved to the left by so many places; what falls out at one end comes in at the other. A
//! negative number moves them the other way.
//!
//! ```apl
//! array_rotate_left(array, places)
//! ```
//!
//! ## Example
//!
//! ```apl
//! array_rotate_left(dynamic([1, 2, 3, 4]), 1) -> [2,3,4,1]
//! array_rotate_left(dynamic([1, 2, 3]), -1) -> [3,1,2]
//! array_rotate_left(dynamic([1, 2, 3]), 7) -> [2,3,1]
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["array_rotate_left"],
    "array_rotate_left(array, places)",
    &[Takes::Array, Takes::Integer],
    Kind::Array,
    |rows| {
        rows.arrays(|row| {
            let mut elements = row.array(0)?;
            let length = i64::try_from(elements.len()).ok()?;
            let places = row.integer(1)?.checked_rem_euclid(length).unwrap_or(0);
            elements.rotate_left(usize::try_from(places).ok()?);
            Some(elements)
        })
    },
);
