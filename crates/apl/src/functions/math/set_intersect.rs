//! # set_intersect
//!
//! The elements of the first array that are in all the others, each once, in order.
//!
//! ```apl
//! set_intersect(array, array, …)
//! ```
//!
//! ## Example
//!
//! ```apl
//! set_intersect(dynamic([3, 1, 2, 3]), dynamic([2, 3])) -> [3,2]
//! array_length(set_intersect(dynamic(["a"]), dynamic(["b"]))) -> 0
//! ```

use crate::functions::math::set::Set;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["set_intersect"],
    "set_intersect(array, array, …)",
    &[Takes::Array, Takes::Array],
    Kind::Array,
    |rows| {
        let second = rows.prepared(1, Set::of);
        rows.arrays(|row| {
            super::set::kept(row, &second, |others, element| {
                others.iter().all(|other| other.has(element))
            })
        })
    },
)
.repeated(64);
