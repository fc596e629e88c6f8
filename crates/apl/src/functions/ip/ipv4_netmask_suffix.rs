//! # ipv4_netmask_suffix
//!
//! The bits of a range such as `10.0.0.0/8`; 32 of an address, null when it is none.
//!
//! ```apl
//! ipv4_netmask_suffix(range)
//! ```
//!
//! ## Example
//!
//! ```apl
//! ipv4_netmask_suffix("192.168.1.1/24") -> 24
//! ipv4_netmask_suffix("192.168.1.1") -> 32
//! ipv4_netmask_suffix("192.168.1.1/40") -> null
//! ```

use crate::functions::ip::address;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["ipv4_netmask_suffix"],
    "ipv4_netmask_suffix(range)",
    &[Takes::Text],
    Kind::Integer,
    |rows| {
        rows.integers(|row| {
            let range = address::range(row.text(0)?)?;
            Some(i64::from((range.first ^ range.last).leading_zeros()))
        })
    },
);
