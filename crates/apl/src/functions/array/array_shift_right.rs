//! # array_shift_right
//!
//! The elements moved to the right by so many places; where none comes in, there is the filling, or null. A
//! negative number moves them the other way.
//!
//! ```apl
//! array_shift_right(array, places, filling)
//! ```
//!
//! ## Example
//!
//! ```apl
//! array_shift_right(dynamic([1, 2, 3]), 1) -> [null,1,2]
//! array_shift_right(dynamic([1, 2, 3]), 2, "x") -> ["x","x",1]
//! array_shift_right(dynamic([1, 2, 3]), -1) -> [2,3,null]
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["array_shift_right"],
    "array_shift_right(array, places, filling)",
    &[Takes::Array, Takes::Integer, Takes::Any],
    Kind::Array,
    |rows| {
        rows.arrays(|row| {
            let places = row.integer(1)?;
            Some(super::shifted(
                row.array(0)?,
                places.checked_neg()?,
                &row.json(2),
            ))
        })
    },
)
.optional(1);
