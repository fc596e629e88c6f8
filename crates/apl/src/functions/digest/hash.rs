//! # hash
//!
//! A number of 64 bits that is the same for the same text (xxHash 64), and different with a different salt.
//!
//! ```apl
//! hash(value, salt)
//! ```
//!
//! ## Example
//!
//! ```apl
//! hash("World") -> 1846988464401551951
//! hash(dynamic(null)) -> null
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;
use twox_hash::XxHash64;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["hash"],
    "hash(value, salt)",
    &[Takes::Text, Takes::Integer],
    Kind::Integer,
    |rows| {
        rows.integers(|row| {
            let salt = row.integer(1).unwrap_or(0).cast_unsigned();
            Some(XxHash64::oneshot(salt, row.text(0)?.as_bytes()).cast_signed())
        })
    },
)
.optional(1);
