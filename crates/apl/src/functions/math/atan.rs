//! # atan
//!
//! The angle in radians whose tangent is the number.
//!
//! ```apl
//! atan(number)
//! ```
//!
//! ## Example
//!
//! ```apl
//! atan(0) -> 0.0
//! round(atan(1), 6) -> 0.785398
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["atan"],
    "atan(number)",
    &[Takes::Float],
    Kind::Float,
    |rows| rows.floats(|row| Some(row.float(0)?.atan())),
);
