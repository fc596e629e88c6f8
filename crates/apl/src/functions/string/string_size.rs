//! # string_size
//!
//! The bytes of a text in UTF-8.
//!
//! ```apl
//! string_size(text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! string_size("aä") -> 3
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["string_size"],
    "string_size(text)",
    &[Takes::Text],
    Kind::Integer,
    |rows| rows.integers(|row| Some(row.text(0)?.len() as i64)),
);
