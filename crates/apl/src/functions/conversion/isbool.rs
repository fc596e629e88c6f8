//! # isbool
//!
//! Whether a value is a boolean.
//!
//! ```apl
//! isbool(value)
//! ```
//!
//! ## Example
//!
//! ```apl
//! isbool(true) -> true
//! isbool("true") -> false
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["isbool"],
    "isbool(value)",
    &[Takes::Any],
    Kind::Boolean,
    |rows| rows.booleans(|row| Some(row.json(0).is_boolean())),
);
