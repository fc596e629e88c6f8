//! # trim
//!
//! A text without the letters of a set at both ends.
//!
//! ```apl
//! trim(letters, text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! trim("-x", "x-a-x") -> a
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["trim"],
    "trim(letters, text)",
    &[Takes::Text, Takes::Text],
    Kind::Text,
    |rows| {
        rows.texts(|row| {
            let cut: Vec<char> = row.text(0)?.chars().collect();
            Some(row.text(1)?.trim_matches(cut.as_slice()))
        })
    },
);
