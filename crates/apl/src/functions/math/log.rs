//! # log
//!
//! The natural logarithm; null of a number that is not positive.
//!
//! ```apl
//! log(number)
//! ```
//!
//! ## Example
//!
//! ```apl
//! log(1) -> 0.0
//! log(0) -> null
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["log"],
    "log(number)",
    &[Takes::Float],
    Kind::Float,
    |rows| rows.floats(|row| super::positive(row.float(0)?).map(f64::ln)),
);
