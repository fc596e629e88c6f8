//! # tan
//!
//! The tangent of an angle in radians.
//!
//! ```apl
//! tan(number)
//! ```
//!
//! ## Example
//!
//! ```apl
//! tan(0) -> 0.0
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["tan"],
    "tan(number)",
    &[Takes::Float],
    Kind::Float,
    |rows| rows.floats(|row| Some(row.float(0)?.tan())),
);
