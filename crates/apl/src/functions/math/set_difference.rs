//! # set_difference
//!
//! The elements of the first array that are in none of the others, each once, in order.
//!
//! ```apl
//! set_difference(array, array, …)
//! ```
//!
//! ## Example
//!
//! ```apl
//! set_difference(dynamic([1, 2, 3, 2]), dynamic([2])) -> [1,3]
//! set_difference(dynamic(["a"]), dynamic([])) -> ["a"]
//! ```

use crate::functions::math::set::Set;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["set_difference"],
    "set_difference(array, array, …)",
    &[Takes::Array, Takes::Array],
    Kind::Array,
    |rows| {
        let second = rows.prepared(1, Set::of);
        rows.arrays(|row| {
            super::set::kept(row, &second, |others, element| {
                !others.iter().any(|other| other.has(element))
            })
        })
    },
)
.repeated(64);
