//! # ipv6_is_in_any_range
//!
//! Whether an IPv6 address is in one of several ranges; null when it is none. They may be an array.
//!
//! ```apl
//! ipv6_is_in_any_range(address, range, …)
//! ```
//!
//! ## Example
//!
//! ```apl
//! ipv6_is_in_any_range("2001:db8::1", dynamic(["fe80::/10", "2001:db8::/32"])) -> true
//! ipv6_is_in_any_range("2001:db8::1", "fe80::/10", "::1") -> false
//! ```

use crate::functions::ip::wide;
use crate::functions::{Function, Takes};
use crate::kind::Kind;
use serde_json::Value as Json;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["ipv6_is_in_any_range"],
    "ipv6_is_in_any_range(address, range, …)",
    &[Takes::Text, Takes::Any],
    Kind::Boolean,
    |rows| {
        rows.booleans(|row| {
            let address = wide::range(row.text(0)?)?.first;
            let is_in = |text: &str| {
                wide::range(text).is_some_and(|range| (range.first..=range.last).contains(&address))
            };
            let holds = |place| match row.json(place).as_ref() {
                Json::String(text) => is_in(text),
                Json::Array(texts) => texts.iter().filter_map(Json::as_str).any(is_in),
                _ => false,
            };
            Some((1..row.len()).any(holds))
        })
    },
)
.repeated(64);
