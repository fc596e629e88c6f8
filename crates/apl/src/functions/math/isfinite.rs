//! # isfinite
//!
//! Whether a number is neither infinite nor not a number.
//!
//! ```apl
//! isfinite(number)
//! ```
//!
//! ## Example
//!
//! ```apl
//! isfinite(1.5) -> true
//! isfinite(exp(1000)) -> false
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["isfinite"],
    "isfinite(number)",
    &[Takes::Float],
    Kind::Boolean,
    |rows| rows.booleans(|row| Some(row.float(0)?.is_finite())),
);
