//! # strcat_array
//!
//! The elements of an array as one string, with a delimiter between them; without one if none is given.
//!
//! ```apl
//! strcat_array(array, delimiter)
//! ```
//!
//! ## Example
//!
//! ```apl
//! strcat_array(dynamic(["a", 1, true]), "-") -> a-1-true
//! strcat_array(dynamic(["a", "b"])) -> ab
//! ```

use crate::functions::{Function, Takes};
use crate::kernels::{bounded, json};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["strcat_array"],
    "strcat_array(array, delimiter)",
    &[Takes::Array, Takes::Text],
    Kind::Text,
    |rows| {
        rows.try_texts(|row| {
            let (Some(elements), delimiter) = (row.array(0), row.text(1).unwrap_or_default())
            else {
                return Ok(None);
            };
            let parts: Vec<String> = elements.into_iter().filter_map(json::plain).collect();
            bounded::joined(&parts, delimiter).map(Some)
        })
    },
)
.optional(1);
