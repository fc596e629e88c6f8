//! # isnan
//!
//! Whether a number is not one, as the root of -1 is.
//!
//! ```apl
//! isnan(number)
//! ```
//!
//! ## Example
//!
//! ```apl
//! isnan(sqrt(-1)) -> true
//! isnan(1) -> false
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["isnan"],
    "isnan(number)",
    &[Takes::Float],
    Kind::Boolean,
    |rows| rows.booleans(|row| Some(row.float(0)?.is_nan())),
);
