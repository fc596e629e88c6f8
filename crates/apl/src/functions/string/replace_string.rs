//! # replace_string
//!
//! A text with every occurrence of another replaced.
//!
//! ```apl
//! replace_string(lookup, rewrite, text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! replace_string("a", "bb", "banana") -> bbbnbbnbb
//! replace_string("x", "y", "abc") -> abc
//! ```

use crate::functions::{Function, Takes};
use crate::kernels::bounded;
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["replace_string"],
    "replace_string(lookup, rewrite, text)",
    &[Takes::Text, Takes::Text, Takes::Text],
    Kind::Text,
    |rows| {
        rows.try_texts(|row| match (row.text(0), row.text(1), row.text(2)) {
            (Some(""), Some(_), Some(text)) => Ok(Some(text.to_owned())),
            (Some(lookup), Some(rewrite), Some(text)) => {
                let parts: Vec<&str> = text.split(lookup).collect();
                bounded::joined(&parts, rewrite).map(Some)
            }
            _ => Ok(None),
        })
    },
);
