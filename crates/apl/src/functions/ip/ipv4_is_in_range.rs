//! # ipv4_is_in_range
//!
//! Whether an IPv4 address is in a range such as `192.168.1.0/24`; null when one of them is none.
//!
//! ```apl
//! ipv4_is_in_range(address, range)
//! ```
//!
//! ## Example
//!
//! ```apl
//! ipv4_is_in_range("192.168.1.6", "192.168.1.0/24") -> true
//! ipv4_is_in_range("192.168.2.6", "192.168.1.0/24") -> false
//! ipv4_is_in_range("x", "192.168.1.0/24") -> null
//! ```

use crate::functions::ip::address;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["ipv4_is_in_range"],
    "ipv4_is_in_range(address, range)",
    &[Takes::Text, Takes::Text],
    Kind::Boolean,
    |rows| {
        rows.booleans(|row| {
            let (address, range) = (address::parse(row.text(0)?)?, address::range(row.text(1)?)?);
            Some((range.first..=range.last).contains(&address))
        })
    },
);
