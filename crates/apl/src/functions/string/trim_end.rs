//! # trim_end
//!
//! A text without the letters of a set at its end.
//!
//! ```apl
//! trim_end(letters, text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! trim_end("-x", "x-a-x") -> x-a
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["trim_end"],
    "trim_end(letters, text)",
    &[Takes::Text, Takes::Text],
    Kind::Text,
    |rows| {
        rows.texts(|row| {
            let cut: Vec<char> = row.text(0)?.chars().collect();
            Some(row.text(1)?.trim_end_matches(cut.as_slice()))
        })
    },
);
