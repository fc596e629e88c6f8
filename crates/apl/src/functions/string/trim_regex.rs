//! # trim_regex
//!
//! A text without one match of a regular expression at both ends.
//!
//! ```apl
//! trim_regex(regex, text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! trim_regex("[0-9]+", "12a3b45") -> a3b
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["trim_regex"],
    "trim_regex(regex, text)",
    &[Takes::Pattern, Takes::Text],
    Kind::Text,
    |rows| rows.try_texts(|row| super::trimmed(row, true, true)),
);
