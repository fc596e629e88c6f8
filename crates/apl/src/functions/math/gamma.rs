//! # gamma
//!
//! The gamma function; null of zero and of negative integers, where it has no value.
//!
//! ```apl
//! gamma(number)
//! ```
//!
//! ## Example
//!
//! ```apl
//! gamma(5) -> 24.0
//! gamma(0) -> null
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["gamma"],
    "gamma(number)",
    &[Takes::Float],
    Kind::Float,
    |rows| {
        rows.floats(|row| {
            let number = row.float(0)?;
            (number > 0.0 || number.fract() != 0.0).then(|| libm::tgamma(number))
        })
    },
);
