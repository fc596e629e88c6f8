//! # strcat_delim
//!
//! All texts one after the other, with a delimiter between them. Other scalars are taken as their text; a
//! null is empty.
//!
//! ```apl
//! strcat_delim(delimiter, text, …)
//! ```
//!
//! ## Example
//!
//! ```apl
//! strcat_delim("-", "a", 1, true) -> a-1-true
//! ```

use crate::functions::{Function, Takes};
use crate::kernels::bounded;
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["strcat_delim"],
    "strcat_delim(delimiter, text, …)",
    &[Takes::Text, Takes::Text],
    Kind::Text,
    |rows| {
        rows.try_texts(|row| {
            let Some(delimiter) = row.text(0) else {
                return Ok(None);
            };
            let parts: Vec<&str> = (1..row.len())
                .map(|place| row.text(place).unwrap_or_default())
                .collect();
            bounded::joined(&parts, delimiter).map(Some)
        })
    },
)
.repeated(65);
