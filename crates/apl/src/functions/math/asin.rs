//! # asin
//!
//! The angle in radians whose sine is the number; not a number outside of -1 to 1.
//!
//! ```apl
//! asin(number)
//! ```
//!
//! ## Example
//!
//! ```apl
//! asin(0) -> 0.0
//! round(asin(1), 6) -> 1.570796
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["asin"],
    "asin(number)",
    &[Takes::Float],
    Kind::Float,
    |rows| rows.floats(|row| Some(row.float(0)?.asin())),
);
