//! # trim_start
//!
//! A text without the letters of a set at its start.
//!
//! ```apl
//! trim_start(letters, text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! trim_start("-x", "x-a-x") -> a-x
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["trim_start"],
    "trim_start(letters, text)",
    &[Takes::Text, Takes::Text],
    Kind::Text,
    |rows| {
        rows.texts(|row| {
            let cut: Vec<char> = row.text(0)?.chars().collect();
            Some(row.text(1)?.trim_start_matches(cut.as_slice()))
        })
    },
);
