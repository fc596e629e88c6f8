//! # has_any_ipv4_prefix
//!
//! Whether a text has an IPv4 address in it that begins like one of several. They may be an array.
//!
//! ```apl
//! has_any_ipv4_prefix(text, prefix, …)
//! ```
//!
//! ## Example
//!
//! ```apl
//! has_any_ipv4_prefix("192.168.0.1", dynamic(["172.16.", "192.168."])) -> true
//! has_any_ipv4_prefix("10.0.0.1", "172.16.", "192.168.") -> false
//! ```

use crate::functions::ip::address;
use crate::functions::{Function, Takes};
use crate::kind::Kind;
use serde_json::Value as Json;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["has_any_ipv4_prefix"],
    "has_any_ipv4_prefix(text, prefix, …)",
    &[Takes::Text, Takes::Any],
    Kind::Boolean,
    |rows| {
        rows.booleans(|row| {
            let text = row.text(0)?;
            let begins = |place| match row.json(place).as_ref() {
                Json::String(prefix) => address::has_prefix(text, prefix),
                Json::Array(prefixes) => prefixes
                    .iter()
                    .filter_map(Json::as_str)
                    .any(|prefix| address::has_prefix(text, prefix)),
                _ => false,
            };
            Some((1..row.len()).any(begins))
        })
    },
)
.repeated(64);
