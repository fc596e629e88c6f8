//! # loggamma
//!
//! The logarithm of the absolute value of the gamma function; null of zero and of negative integers.
//!
//! ```apl
//! loggamma(number)
//! ```
//!
//! ## Example
//!
//! ```apl
//! round(loggamma(10), 6) -> 12.801827
//! loggamma(-1) -> null
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["loggamma"],
    "loggamma(number)",
    &[Takes::Float],
    Kind::Float,
    |rows| {
        rows.floats(|row| {
            let number = row.float(0)?;
            (number > 0.0 || number.fract() != 0.0).then(|| libm::lgamma(number))
        })
    },
);
