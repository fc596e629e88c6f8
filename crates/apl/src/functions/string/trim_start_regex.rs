//! # trim_start_regex
//!
//! A text without one match of a regular expression at its start.
//!
//! ```apl
//! trim_start_regex(regex, text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! trim_start_regex("[0-9]", "12a3") -> 2a3
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["trim_start_regex"],
    "trim_start_regex(regex, text)",
    &[Takes::Pattern, Takes::Text],
    Kind::Text,
    |rows| rows.try_texts(|row| super::trimmed(row, true, false)),
);
