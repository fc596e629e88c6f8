//! # atan2
//!
//! The angle in radians between the x axis and the point (x, y).
//!
//! ```apl
//! atan2(y, x)
//! ```
//!
//! ## Example
//!
//! ```apl
//! round(atan2(1, -1), 6) -> 2.356194
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["atan2"],
    "atan2(y, x)",
    &[Takes::Float, Takes::Float],
    Kind::Float,
    |rows| rows.floats(|row| Some(row.float(0)?.atan2(row.float(1)?))),
);
