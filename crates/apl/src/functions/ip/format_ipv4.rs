//! # format_ipv4
//!
//! An IPv4 address as text, of a number or a text; with a number of bits, the address of its net. The empty
//! string when it is none.
//!
//! ```apl
//! format_ipv4(address, bits)
//! ```
//!
//! ## Example
//!
//! ```apl
//! format_ipv4(3232235777) -> 192.168.1.1
//! format_ipv4("192.168.1.77", 24) -> 192.168.1.0
//! format_ipv4(-1) -> ""
//! ```

use crate::functions::ip::address;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["format_ipv4"],
    "format_ipv4(address, bits)",
    &[Takes::Any, Takes::Integer],
    Kind::Text,
    |rows| {
        rows.texts(|row| {
            let bits = row.integer(1).unwrap_or(32);
            Some(address::net(&row.json(0), bits).map_or_else(String::new, |net| net.to_string()))
        })
    },
)
.optional(1);
