//! # parse_ipv4_mask
//!
//! The number of an IPv4 address of which so many bits are kept, and the rest are zero; null when it is none.
//!
//! ```apl
//! parse_ipv4_mask(address, bits)
//! ```
//!
//! ## Example
//!
//! ```apl
//! parse_ipv4_mask("127.0.0.1", 24) -> 2130706432
//! parse_ipv4_mask("192.168.0.1", 33) -> null
//! ```

use crate::functions::ip::address;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["parse_ipv4_mask"],
    "parse_ipv4_mask(address, bits)",
    &[Takes::Text, Takes::Integer],
    Kind::Integer,
    |rows| {
        rows.integers(|row| {
            let mask = address::mask(row.integer(1)?)?;
            Some(i64::from(address::range(row.text(0)?)?.first & mask))
        })
    },
);
