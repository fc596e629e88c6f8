//! # parse_bytes
//!
//! The bytes of a size such as `1.5 MB`: powers of 1024, or of 1000 with base 10. 0 when it is none.
//!
//! ```apl
//! parse_bytes(text, base)
//! ```
//!
//! ## Example
//!
//! ```apl
//! parse_bytes("512 KB") -> 524288
//! parse_bytes("1.5MB") -> 1572864
//! parse_bytes("2 GB", 10) -> 2000000000
//! parse_bytes("many") -> 0
//! ```

use crate::functions::string::sizes;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["parse_bytes"],
    "parse_bytes(text, base)",
    &[Takes::Text, Takes::Integer],
    Kind::Integer,
    |rows| rows.integers(|row| Some(sizes::parse(row.text(0)?, row.integer(1)).unwrap_or(0))),
)
.optional(1);
