//! # sqrt
//!
//! The square root; not a number of a negative number.
//!
//! ```apl
//! sqrt(number)
//! ```
//!
//! ## Example
//!
//! ```apl
//! sqrt(9) -> 3.0
//! isnan(sqrt(-1)) -> true
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["sqrt"],
    "sqrt(number)",
    &[Takes::Float],
    Kind::Float,
    |rows| rows.floats(|row| Some(row.float(0)?.sqrt())),
);
