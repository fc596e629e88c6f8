//! # base64_encode_fromarray
//!
//! Bytes in base64; the empty string when an element is none.
//!
//! ```apl
//! base64_encode_fromarray(array)
//! ```
//!
//! ## Example
//!
//! ```apl
//! base64_encode_fromarray(dynamic([192, 168, 0, 1])) -> wKgAAQ==
//! base64_encode_fromarray(dynamic([256])) -> ""
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value as Json;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["base64_encode_fromarray"],
    "base64_encode_fromarray(array)",
    &[Takes::Array],
    Kind::Text,
    |rows| {
        rows.texts(|row| {
            let byte = |element: &Json| u8::try_from(element.as_i64()?).ok();
            let bytes: Option<Vec<u8>> = row.array(0)?.iter().map(byte).collect();
            Some(
                bytes
                    .map(|bytes| STANDARD.encode(bytes))
                    .unwrap_or_default(),
            )
        })
    },
);
