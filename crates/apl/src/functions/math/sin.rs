//! # sin
//!
//! The sine of an angle in radians.
//!
//! ```apl
//! sin(number)
//! ```
//!
//! ## Example
//!
//! ```apl
//! sin(0) -> 0.0
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["sin"],
    "sin(number)",
    &[Takes::Float],
    Kind::Float,
    |rows| rows.floats(|row| Some(row.float(0)?.sin())),
);
