//! # ipv4_is_private
//!
//! Whether an IPv4 address is in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16; null when it is none.
//!
//! ```apl
//! ipv4_is_private(address)
//! ```
//!
//! ## Example
//!
//! ```apl
//! ipv4_is_private("172.31.255.255") -> true
//! ipv4_is_private("172.32.0.0") -> false
//! ipv4_is_private("x") -> null
//! ```

use crate::functions::ip::address;
use crate::functions::{Function, Takes};
use crate::kind::Kind;
use std::net::Ipv4Addr;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["ipv4_is_private"],
    "ipv4_is_private(address)",
    &[Takes::Text],
    Kind::Boolean,
    |rows| {
        rows.booleans(|row| {
            let first = address::range(row.text(0)?)?.first;
            Some(Ipv4Addr::from(first).is_private())
        })
    },
);
