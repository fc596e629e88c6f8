//! # has_ipv4
//!
//! Whether a text has an IPv4 address in it, with neither letter nor digit beside it.
//!
//! ```apl
//! has_ipv4(text, address)
//! ```
//!
//! ## Example
//!
//! ```apl
//! has_ipv4("Requests from: 192.168.1.1, 10.1.1.115.", "192.168.1.1") -> true
//! has_ipv4("from 192.168.1.10", "192.168.1.1") -> false
//! ```

use crate::functions::ip::address;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["has_ipv4"],
    "has_ipv4(text, address)",
    &[Takes::Text, Takes::Text],
    Kind::Boolean,
    |rows| {
        rows.booleans(|row| {
            let (text, wanted) = (row.text(0)?, row.text(1)?);
            let Some(wanted) = address::parse(wanted) else {
                return Some(false);
            };
            Some(address::found_in(text).any(|(_, found)| found == wanted))
        })
    },
);
