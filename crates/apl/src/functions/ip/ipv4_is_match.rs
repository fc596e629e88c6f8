//! # ipv4_is_match
//!
//! Whether two IPv4 addresses are one, in so many bits as both ranges and the last argument leave; null when
//! one is none.
//!
//! ```apl
//! ipv4_is_match(a, b, bits)
//! ```
//!
//! ## Example
//!
//! ```apl
//! ipv4_is_match("192.168.1.1", "192.168.1.255", 24) -> true
//! ipv4_is_match("192.168.1.1/24", "192.168.1.255") -> true
//! ipv4_is_match("192.168.1.1", "192.168.1.2") -> false
//! ```

use crate::functions::ip::address;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["ipv4_is_match"],
    "ipv4_is_match(a, b, bits)",
    &[Takes::Text, Takes::Text, Takes::Integer],
    Kind::Boolean,
    |rows| {
        rows.booleans(|row| {
            let (a, b) = address::masked(row)?;
            Some(a == b)
        })
    },
)
.optional(1);
