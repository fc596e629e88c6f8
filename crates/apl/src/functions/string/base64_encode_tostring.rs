//! # base64_encode_tostring
//!
//! A text in base64.
//!
//! ```apl
//! base64_encode_tostring(text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! base64_encode_tostring("Hello") -> SGVsbG8=
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["base64_encode_tostring"],
    "base64_encode_tostring(text)",
    &[Takes::Text],
    Kind::Text,
    |rows| rows.texts(|row| Some(STANDARD.encode(row.text(0)?))),
);
