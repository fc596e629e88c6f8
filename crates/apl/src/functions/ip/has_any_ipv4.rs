//! # has_any_ipv4
//!
//! Whether a text has one of several IPv4 addresses in it, or one of a range such as `10.0.0.0/8`. They may
//! be an array.
//!
//! ```apl
//! has_any_ipv4(text, address, …)
//! ```
//!
//! ## Example
//!
//! ```apl
//! has_any_ipv4("from 10.1.2.3", dynamic(["192.168.1.1", "10.0.0.0/8"])) -> true
//! has_any_ipv4("from 11.1.2.3", "10.1.2.3", "10.1.2.4") -> false
//! ```

use crate::functions::ip::address;
use crate::functions::{Function, Takes};
use crate::kind::Kind;
use std::borrow::Cow;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["has_any_ipv4"],
    "has_any_ipv4(text, address, …)",
    &[Takes::Text, Takes::Any],
    Kind::Boolean,
    |rows| {
        let first = rows.prepared(1, address::ranges);
        rows.booleans(|row| {
            let text = row.text(0)?;
            let is_in = |place: usize| {
                let ranges = match place {
                    1 => first.of(row)?,
                    _ => Cow::Owned(address::ranges(row, place)?),
                };
                Some(address::found_in(text).any(|(_, found)| ranges.have(found)))
            };
            Some((1..row.len()).any(|place| is_in(place).unwrap_or(false)))
        })
    },
)
.repeated(64);
