//! # tohex
//!
//! An integer in hexadecimal digits, with zeros in front up to a length.
//!
//! ```apl
//! tohex(integer, length)
//! ```
//!
//! ## Example
//!
//! ```apl
//! tohex(12345, 8) -> 00003039
//! tohex(255) -> ff
//! tohex(-1) -> ffffffffffffffff
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["tohex"],
    "tohex(integer, length)",
    &[Takes::Integer, Takes::Integer],
    Kind::Text,
    |rows| {
        rows.texts(|row| {
            // 64 bits are sixteen digits; longer ones would be zeros only.
            let length = row.integer(1).unwrap_or(0).clamp(0, 64);
            let length = usize::try_from(length).unwrap_or(0);
            Some(format!("{:0length$x}", row.integer(0)?))
        })
    },
)
.optional(1);
