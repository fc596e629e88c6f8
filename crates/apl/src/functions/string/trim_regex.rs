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
    |rows| rows.texts(|row| Some(super::trimmed(row.pattern(0)?, row.text(1)?, true, true))),
);
