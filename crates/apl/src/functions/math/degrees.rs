//! # degrees
//!
//! An angle in radians, in degrees.
//!
//! ```apl
//! degrees(number)
//! ```
//!
//! ## Example
//!
//! ```apl
//! degrees(pi()) -> 180.0
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["degrees"],
    "degrees(number)",
    &[Takes::Float],
    Kind::Float,
    |rows| rows.floats(|row| Some(row.float(0)?.to_degrees())),
);
