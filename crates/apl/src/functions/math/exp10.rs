//! # exp10
//!
//! 10 to the power of the number.
//!
//! ```apl
//! exp10(number)
//! ```
//!
//! ## Example
//!
//! ```apl
//! exp10(3) -> 1000.0
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["exp10"],
    "exp10(number)",
    &[Takes::Float],
    Kind::Float,
    |rows| rows.floats(|row| Some(10_f64.powf(row.float(0)?))),
);
