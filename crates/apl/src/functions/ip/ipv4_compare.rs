//! # ipv4_compare
//!
//! -1, 0 or 1, as one IPv4 address is below, equal to or above another, in so many bits as both ranges and
//! the last argument leave; null when one is none.
//!
//! ```apl
//! ipv4_compare(a, b, bits)
//! ```
//!
//! ## Example
//!
//! ```apl
//! ipv4_compare("192.168.1.1", "192.168.1.10") -> -1
//! ipv4_compare("192.168.1.1/24", "192.168.1.255/24") -> 0
//! ipv4_compare("10.0.0.2", "10.0.0.1") -> 1
//! ipv4_compare("x", "10.0.0.1") -> null
//! ```

use crate::functions::ip::address;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["ipv4_compare"],
    "ipv4_compare(a, b, bits)",
    &[Takes::Text, Takes::Text, Takes::Integer],
    Kind::Integer,
    |rows| {
        rows.integers(|row| {
            let (a, b) = address::masked(row)?;
            Some(a.cmp(&b) as i64)
        })
    },
)
.optional(1);
