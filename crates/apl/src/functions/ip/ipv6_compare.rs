//! # ipv6_compare
//!
//! -1, 0 or 1, as one IPv6 address is below, equal to or above another, in so many bits as both ranges and
//! the last argument leave; null when one is none. An IPv4 address is one, too.
//!
//! ```apl
//! ipv6_compare(a, b, bits)
//! ```
//!
//! ## Example
//!
//! ```apl
//! ipv6_compare("fe80::85d:e82c:9446:7994", "fe80::85d:e82c:9446:7995") -> -1
//! ipv6_compare("fe80::1/64", "fe80::2/64") -> 0
//! ipv6_compare("192.168.1.1", "::ffff:192.168.1.1") -> 0
//! ```

use crate::functions::ip::wide;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["ipv6_compare"],
    "ipv6_compare(a, b, bits)",
    &[Takes::Text, Takes::Text, Takes::Integer],
    Kind::Integer,
    |rows| {
        rows.integers(|row| {
            let (a, b) = wide::masked(row)?;
            Some(a.cmp(&b) as i64)
        })
    },
)
.optional(1);
