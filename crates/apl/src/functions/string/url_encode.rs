//! # url_encode
//!
//! A text as a part of an address: all but letters, digits and `-_.~` is escaped.
//!
//! ```apl
//! url_encode(text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! url_encode("a b/ä") -> a%20b%2F%C3%A4
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["url_encode"],
    "url_encode(text)",
    &[Takes::Text],
    Kind::Text,
    |rows| rows.texts(|row| Some(super::escaped(row.text(0)?))),
);
