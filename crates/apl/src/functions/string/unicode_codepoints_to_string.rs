//! # unicode_codepoints_to_string
//!
//! The text of the letters to which Unicode gives these numbers; null when one is none.
//!
//! ```apl
//! unicode_codepoints_to_string(array)
//! ```
//!
//! ## Example
//!
//! ```apl
//! unicode_codepoints_to_string(dynamic([72, 84, 84, 80])) -> HTTP
//! unicode_codepoints_to_string(dynamic([-1])) -> null
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;
use serde_json::Value as Json;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["unicode_codepoints_to_string"],
    "unicode_codepoints_to_string(array)",
    &[Takes::Array],
    Kind::Text,
    |rows| {
        rows.texts(|row| {
            let letter = |number: &Json| char::from_u32(u32::try_from(number.as_i64()?).ok()?);
            row.array(0)?.iter().map(letter).collect::<Option<String>>()
        })
    },
);
