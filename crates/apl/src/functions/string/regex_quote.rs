//! # regex_quote
//!
//! A text of which a regular expression matches itself and nothing else.
//!
//! ```apl
//! regex_quote(text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! regex_quote("/a[1].b") -> /a\[1\]\.b
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["regex_quote"],
    "regex_quote(text)",
    &[Takes::Text],
    Kind::Text,
    |rows| rows.texts(|row| Some(::regex::escape(row.text(0)?))),
);
