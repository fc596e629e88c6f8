//! # cos
//!
//! The cosine of an angle in radians.
//!
//! ```apl
//! cos(number)
//! ```
//!
//! ## Example
//!
//! ```apl
//! cos(0) -> 1.0
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["cos"],
    "cos(number)",
    &[Takes::Float],
    Kind::Float,
    |rows| rows.floats(|row| Some(row.float(0)?.cos())),
);
