//! # split
//!
//! The parts of a text between the delimiters; its letters when the delimiter is empty. With a place, an
//! array of that part alone.
//!
//! ```apl
//! split(text, delimiter, place)
//! ```
//!
//! ## Example
//!
//! ```apl
//! split("a,b,,c", ",") -> ["a","b","","c"]
//! split("a/b", "/")[1] -> "b"
//! split("a_b_c", "_", 1) -> ["b"]
//! ```

use crate::functions::{Function, Takes};
use crate::kernels::json;
use crate::kind::Kind;
use serde_json::Value as Json;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["split"],
    "split(text, delimiter, place)",
    &[Takes::Text, Takes::Text, Takes::Integer],
    Kind::Array,
    |rows| {
        rows.arrays(|row| {
            let (text, delimiter) = (row.text(0)?, row.text(1)?);
            let mut parts: Vec<Json> = match delimiter {
                "" => text
                    .chars()
                    .map(|letter| Json::from(letter.to_string()))
                    .collect(),
                _ => text.split(delimiter).map(Json::from).collect(),
            };
            if let Some(place) = row.integer(2) {
                let found = json::position(place, parts.len());
                parts = found
                    .map(|place| parts.swap_remove(place))
                    .into_iter()
                    .collect();
            }
            Some(parts)
        })
    },
)
.optional(1);
