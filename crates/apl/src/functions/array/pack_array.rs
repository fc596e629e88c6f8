//! # pack_array
//!
//! An array of values.
//!
//! ```apl
//! pack_array(value, …)
//! ```
//!
//! ## Example
//!
//! ```apl
//! pack_array(1, "a", null, 2.5) -> [1,"a",null,2.5]
//! pack_array(dynamic([1]), true) -> [[1],true]
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["pack_array"],
    "pack_array(value, …)",
    &[Takes::Any],
    Kind::Array,
    |rows| {
        rows.arrays(|row| {
            Some(
                (0..row.len())
                    .map(|place| row.json(place).into_owned())
                    .collect(),
            )
        })
    },
)
.repeated(64);
