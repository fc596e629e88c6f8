//! # base64_decode_tostring
//!
//! The text that base64 stands for; null when it is none, or no text.
//!
//! ```apl
//! base64_decode_tostring(text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! base64_decode_tostring("SGVsbG8=") -> Hello
//! base64_decode_tostring("?") -> null
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["base64_decode_tostring"],
    "base64_decode_tostring(text)",
    &[Takes::Text],
    Kind::Text,
    |rows| rows.texts(|row| String::from_utf8(STANDARD.decode(row.text(0)?).ok()?).ok()),
);
