//! # parse_ipv4
//!
//! The number of an IPv4 address, of the first address of a range such as `10.0.0.0/8`; null when it is none.
//!
//! ```apl
//! parse_ipv4(address)
//! ```
//!
//! ## Example
//!
//! ```apl
//! parse_ipv4("192.168.1.1") -> 3232235777
//! parse_ipv4("192.168.1.1/24") -> 3232235776
//! parse_ipv4("300.1.1.1") -> null
//! ```

use crate::functions::ip::address;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["parse_ipv4"],
    "parse_ipv4(address)",
    &[Takes::Text],
    Kind::Integer,
    |rows| rows.integers(|row| Some(i64::from(address::range(row.text(0)?)?.first))),
);
