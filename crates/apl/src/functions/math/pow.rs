//! # pow
//!
//! A number to the power of another.
//!
//! ```apl
//! pow(base, exponent)
//! ```
//!
//! ## Example
//!
//! ```apl
//! pow(2, 10) -> 1024.0
//! pow(4, 0.5) -> 2.0
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["pow"],
    "pow(base, exponent)",
    &[Takes::Float, Takes::Float],
    Kind::Float,
    |rows| rows.floats(|row| Some(row.float(0)?.powf(row.float(1)?))),
);
