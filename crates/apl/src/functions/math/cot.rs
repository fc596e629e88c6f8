//! # cot
//!
//! The cotangent of an angle in radians.
//!
//! ```apl
//! cot(number)
//! ```
//!
//! ## Example
//!
//! ```apl
//! round(cot(1), 6) -> 0.642093
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["cot"],
    "cot(number)",
    &[Takes::Float],
    Kind::Float,
    |rows| rows.floats(|row| Some(row.float(0)?.tan().recip())),
);
