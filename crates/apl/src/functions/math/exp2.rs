//! # exp2
//!
//! 2 to the power of the number.
//!
//! ```apl
//! exp2(number)
//! ```
//!
//! ## Example
//!
//! ```apl
//! exp2(10) -> 1024.0
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["exp2"],
    "exp2(number)",
    &[Takes::Float],
    Kind::Float,
    |rows| rows.floats(|row| Some(row.float(0)?.exp2())),
);
