//! # trim_space
//!
//! A text without white space at both ends.
//!
//! ```apl
//! trim_space(text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! trim_space("  a b\t") -> a b
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["trim_space"],
    "trim_space(text)",
    &[Takes::Text],
    Kind::Text,
    |rows| rows.texts(|row| Some(row.text(0)?.trim())),
);
