//! # base64_decode_toarray
//!
//! The bytes that base64 stands for; an empty array when it is none.
//!
//! ```apl
//! base64_decode_toarray(text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! base64_decode_toarray("wKgAAQ==") -> [192,168,0,1]
//! base64_decode_toarray("?") -> []
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value as Json;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["base64_decode_toarray"],
    "base64_decode_toarray(text)",
    &[Takes::Text],
    Kind::Array,
    |rows| {
        rows.arrays(|row| {
            let bytes = STANDARD.decode(row.text(0)?).unwrap_or_default();
            Some(bytes.into_iter().map(Json::from).collect())
        })
    },
);
