//! # array_shift_left
//!
//! The elements moved to the left by so many places; where none comes in, there is the filling, or null. A
//! negative number moves them the other way.
//!
//! ```apl
//! array_shift_left(array, places, filling)
//! ```
//!
//! ## Example
//!
//! ```apl
//! array_shift_left(dynamic([1, 2, 3]), 1) -> [2,3,null]
//! array_shift_left(dynamic([1, 2, 3]), 5, 0) -> [0,0,0]
//! array_shift_left(dynamic([1, 2, 3]), -1) -> [null,1,2]
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["array_shift_left"],
    "array_shift_left(array, places, filling)",
    &[Takes::Array, Takes::Integer, Takes::Any],
    Kind::Array,
    |rows| {
        rows.arrays(|row| {
            let places = row.integer(1)?;
            Some(super::shifted(row.array(0)?, places, &row.json(2)))
        })
    },
)
.optional(1);
