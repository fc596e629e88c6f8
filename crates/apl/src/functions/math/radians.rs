//! # radians
//!
//! An angle in degrees, in radians.
//!
//! ```apl
//! radians(number)
//! ```
//!
//! ## Example
//!
//! ```apl
//! radians(180) == pi() -> true
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["radians"],
    "radians(number)",
    &[Takes::Float],
    Kind::Float,
    |rows| rows.floats(|row| Some(row.float(0)?.to_radians())),
);
