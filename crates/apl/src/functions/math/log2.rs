//! # log2
//!
//! The logarithm to the base 2; null of a number that is not positive.
//!
//! ```apl
//! log2(number)
//! ```
//!
//! ## Example
//!
//! ```apl
//! log2(8) -> 3.0
//! log2(-1) -> null
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["log2"],
    "log2(number)",
    &[Takes::Float],
    Kind::Float,
    |rows| rows.floats(|row| super::positive(row.float(0)?).map(f64::log2)),
);
