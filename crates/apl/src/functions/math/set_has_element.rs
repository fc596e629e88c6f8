//! # set_has_element
//!
//! Whether an array has a value as an element.
//!
//! ```apl
//! set_has_element(array, value)
//! ```
//!
//! ## Example
//!
//! ```apl
//! set_has_element(dynamic([1, 2, 3]), 2) -> true
//! set_has_element(dynamic(["a"]), "b") -> false
//! ```

use crate::functions::math::set::Set;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["set_has_element"],
    "set_has_element(array, value)",
    &[Takes::Array, Takes::Any],
    Kind::Boolean,
    |rows| {
        let set = rows.prepared(0, Set::of);
        rows.booleans(|row| Some(set.of(row)?.has(&row.json(1))))
    },
);
