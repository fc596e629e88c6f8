//! # url_decode
//!
//! The text that is escaped in a part of an address; `+` is a space. Null when it is no text.
//!
//! ```apl
//! url_decode(text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! url_decode("a%20b%2F%C3%A4") -> a b/ä
//! url_decode("1+2") -> 1 2
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;
use percent_encoding::percent_decode_str;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["url_decode"],
    "url_decode(text)",
    &[Takes::Text],
    Kind::Text,
    |rows| {
        rows.texts(|row| {
            let spaced = row.text(0)?.replace('+', " ");
            let decoded = percent_decode_str(&spaced).decode_utf8().ok()?;
            Some(decoded.into_owned())
        })
    },
);
