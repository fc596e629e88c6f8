//! # ipv4_is_in_any_range
//!
//! Whether an IPv4 address is in one of several ranges; null when it is none. They may be an array.
//!
//! ```apl
//! ipv4_is_in_any_range(address, range, …)
//! ```
//!
//! ## Example
//!
//! ```apl
//! ipv4_is_in_any_range("192.168.1.6", dynamic(["10.0.0.0/8", "192.168.1.0/24"])) -> true
//! ipv4_is_in_any_range("192.168.1.6", "10.0.0.0/8", "172.16.0.0/12") -> false
//! ```

use crate::functions::ip::address;
use crate::functions::{Function, Takes};
use crate::kind::Kind;
use std::borrow::Cow;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["ipv4_is_in_any_range"],
    "ipv4_is_in_any_range(address, range, …)",
    &[Takes::Text, Takes::Any],
    Kind::Boolean,
    |rows| {
        let first = rows.prepared(1, address::ranges);
        rows.booleans(|row| {
            let address = address::parse(row.text(0)?)?;
            let is_in = |place: usize| {
                let ranges = match place {
                    1 => first.of(row)?,
                    _ => Cow::Owned(address::ranges(row, place)?),
                };
                Some(ranges.have(address))
            };
            Some((1..row.len()).any(|place| is_in(place).unwrap_or(false)))
        })
    },
)
.repeated(64);
