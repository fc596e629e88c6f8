//! # sign
//!
//! -1, 0 or 1, as a number is negative, zero or positive.
//!
//! ```apl
//! sign(number)
//! ```
//!
//! ## Example
//!
//! ```apl
//! sign(-2.5) -> -1
//! sign(0) -> 0
//! sign(7) -> 1
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["sign"],
    "sign(number)",
    &[Takes::Float],
    Kind::Integer,
    |rows| {
        rows.integers(|row| {
            let number = row.float(0)?;
            Some(i64::from(number > 0.0) - i64::from(number < 0.0))
        })
    },
);
