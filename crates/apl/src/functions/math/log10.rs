//! # log10
//!
//! The logarithm to the base 10; null of a number that is not positive.
//!
//! ```apl
//! log10(number)
//! ```
//!
//! ## Example
//!
//! ```apl
//! log10(1000) -> 3.0
//! log10(0) -> null
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["log10"],
    "log10(number)",
    &[Takes::Float],
    Kind::Float,
    |rows| rows.floats(|row| super::positive(row.float(0)?).map(f64::log10)),
);
