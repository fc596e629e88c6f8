//! # has_ipv4_prefix
//!
//! Whether a text has an IPv4 address in it that begins like this: whole parts with a dot at the end, or a
//! whole address.
//!
//! ```apl
//! has_ipv4_prefix(text, prefix)
//! ```
//!
//! ## Example
//!
//! ```apl
//! has_ipv4_prefix("from 10.1.2.3:80", "10.1.") -> true
//! has_ipv4_prefix("from 10.12.2.3", "10.1.") -> false
//! has_ipv4_prefix("from 110.1.2.3", "10.1.") -> false
//! ```

use crate::functions::ip::address;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["has_ipv4_prefix"],
    "has_ipv4_prefix(text, prefix)",
    &[Takes::Text, Takes::Text],
    Kind::Boolean,
    |rows| rows.booleans(|row| Some(address::has_prefix(row.text(0)?, row.text(1)?))),
);
