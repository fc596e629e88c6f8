//! # ipv6_is_match
//!
//! Whether two IPv6 addresses are one, in so many bits as both ranges and the last argument leave; null when
//! one is none. An IPv4 address is one, too.
//!
//! ```apl
//! ipv6_is_match(a, b, bits)
//! ```
//!
//! ## Example
//!
//! ```apl
//! ipv6_is_match("fe80::1", "fe80::ffff", 112) -> true
//! ipv6_is_match("fe80::1", "fe80::2") -> false
//! ipv6_is_match("x", "fe80::2") -> null
//! ```

use crate::functions::ip::wide;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["ipv6_is_match"],
    "ipv6_is_match(a, b, bits)",
    &[Takes::Text, Takes::Text, Takes::Integer],
    Kind::Boolean,
    |rows| {
        rows.booleans(|row| {
            let (a, b) = wide::masked(row)?;
            Some(a == b)
        })
    },
)
.optional(1);
