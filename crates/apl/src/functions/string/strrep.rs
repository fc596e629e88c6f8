//! # strrep
//!
//! A text repeated, 1 to 1024 times, with a delimiter between if one is given.
//!
//! ```apl
//! strrep(text, count, delimiter)
//! ```
//!
//! ## Example
//!
//! ```apl
//! strrep("ab", 3) -> ababab
//! strrep("a", 2, "-") -> a-a
//! strrep("a", 0) -> a
//! ```

use crate::functions::{Function, Takes};
use crate::kernels::bounded;
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["strrep"],
    "strrep(text, count, delimiter)",
    &[Takes::Text, Takes::Integer, Takes::Text],
    Kind::Text,
    |rows| {
        rows.try_texts(|row| {
            let (Some(text), Some(count)) = (row.text(0), row.integer(1)) else {
                return Ok(None);
            };
            let parts = vec![text; usize::try_from(count.clamp(1, 1024)).unwrap_or(1)];
            bounded::joined(&parts, row.text(2).unwrap_or_default()).map(Some)
        })
    },
)
.optional(1);
