//! # exp
//!
//! e to the power of the number.
//!
//! ```apl
//! exp(number)
//! ```
//!
//! ## Example
//!
//! ```apl
//! exp(0) -> 1.0
//! round(exp(1), 6) -> 2.718282
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["exp"],
    "exp(number)",
    &[Takes::Float],
    Kind::Float,
    |rows| rows.floats(|row| Some(row.float(0)?.exp())),
);
