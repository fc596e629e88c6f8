//! # isarray
//!
//! Whether a value is an array.
//!
//! ```apl
//! isarray(value)
//! ```
//!
//! ## Example
//!
//! ```apl
//! isarray(dynamic([1])) -> true
//! isarray("[1]") -> false
//! isarray(dynamic(null)) -> false
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["isarray"],
    "isarray(value)",
    &[Takes::Any],
    Kind::Boolean,
    |rows| rows.booleans(|row| Some(row.json(0).is_array())),
);
