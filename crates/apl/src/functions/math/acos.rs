//! # acos
//!
//! The angle in radians whose cosine is the number; not a number outside of -1 to 1.
//!
//! ```apl
//! acos(number)
//! ```
//!
//! ## Example
//!
//! ```apl
//! acos(1) -> 0.0
//! round(acos(0), 6) -> 1.570796
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["acos"],
    "acos(number)",
    &[Takes::Float],
    Kind::Float,
    |rows| rows.floats(|row| Some(row.float(0)?.acos())),
);
