//! # ipv6_is_in_range
//!
//! Whether an IPv6 address is in a range such as `fe80::/10`; null when one of them is none.
//!
//! ```apl
//! ipv6_is_in_range(address, range)
//! ```
//!
//! ## Example
//!
//! ```apl
//! ipv6_is_in_range("fe80::85d", "fe80::/10") -> true
//! ipv6_is_in_range("2001:db8::1", "fe80::/10") -> false
//! ```

use crate::functions::ip::wide;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["ipv6_is_in_range"],
    "ipv6_is_in_range(address, range)",
    &[Takes::Text, Takes::Text],
    Kind::Boolean,
    |rows| {
        rows.booleans(|row| {
            let (address, range) = (wide::range(row.text(0)?)?, wide::range(row.text(1)?)?);
            Some((range.first..=range.last).contains(&address.first))
        })
    },
);
