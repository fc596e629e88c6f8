//! # format_bytes
//!
//! A number of bytes with a unit, the largest that leaves a number of at least 1 unless told: KB, MB, GB, TB,
//! PB, EB are powers of 1024, or of 1000 with base 10. So many digits after the point, none unless told.
//!
//! ```apl
//! format_bytes(bytes, digits, unit, base)
//! ```
//!
//! ## Example
//!
//! ```apl
//! format_bytes(8765432, 2) -> 8.36 MB
//! format_bytes(512) -> 512 Bytes
//! format_bytes(1500, 1, "kB", 10) -> 1.5 kB
//! format_bytes(1048576, 0, "KB") -> 1024 KB
//! ```

use crate::functions::string::sizes;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["format_bytes"],
    "format_bytes(bytes, digits, unit, base)",
    &[Takes::Float, Takes::Integer, Takes::Text, Takes::Integer],
    Kind::Text,
    |rows| {
        rows.texts(|row| {
            let digits = usize::try_from(row.integer(1).unwrap_or(0).clamp(0, 15)).ok()?;
            sizes::format(
                row.float(0)?,
                digits,
                row.text(2).unwrap_or_default(),
                row.integer(3),
            )
        })
    },
)
.optional(3);
