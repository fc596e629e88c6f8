//! # isinf
//!
//! Whether a number is infinite.
//!
//! ```apl
//! isinf(number)
//! ```
//!
//! ## Example
//!
//! ```apl
//! isinf(exp(1000)) -> true
//! isinf(1) -> false
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["isinf"],
    "isinf(number)",
    &[Takes::Float],
    Kind::Boolean,
    |rows| rows.booleans(|row| Some(row.float(0)?.is_infinite())),
);
