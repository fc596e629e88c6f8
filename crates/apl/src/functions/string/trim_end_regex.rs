//! # trim_end_regex
//!
//! A text without one match of a regular expression at its end.
//!
//! ```apl
//! trim_end_regex(regex, text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! trim_end_regex("[0-9]+", "12a34") -> 12a
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["trim_end_regex"],
    "trim_end_regex(regex, text)",
    &[Takes::Pattern, Takes::Text],
    Kind::Text,
    |rows| rows.try_texts(|row| super::trimmed(row, false, true)),
);
