//! # format_ipv4_mask
//!
//! The net of an IPv4 address with its number of bits, 32 unless told. The empty string when it is none.
//!
//! ```apl
//! format_ipv4_mask(address, bits)
//! ```
//!
//! ## Example
//!
//! ```apl
//! format_ipv4_mask("192.168.1.54", 24) -> 192.168.1.0/24
//! format_ipv4_mask(3232235777) -> 192.168.1.1/32
//! format_ipv4_mask("x", 24) -> ""
//! ```

use crate::functions::ip::address;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["format_ipv4_mask"],
    "format_ipv4_mask(address, bits)",
    &[Takes::Any, Takes::Integer],
    Kind::Text,
    |rows| {
        rows.texts(|row| {
            let bits = row.integer(1).unwrap_or(32);
            let net = address::net(&row.json(0), bits);
            Some(net.map_or_else(String::new, |net| format!("{net}/{bits}")))
        })
    },
)
.optional(1);
