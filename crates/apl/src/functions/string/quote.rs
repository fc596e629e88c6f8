//! # quote
//!
//! A text in double quotes, with what is special in it escaped.
//!
//! ```apl
//! quote(text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! quote("/api/login") -> "/api/login"
//! quote('say "x"') -> "say \"x\""
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;
use serde_json::Value as Json;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["quote"],
    "quote(text)",
    &[Takes::Text],
    Kind::Text,
    |rows| rows.texts(|row| Some(Json::from(row.text(0)?).to_string())),
);
