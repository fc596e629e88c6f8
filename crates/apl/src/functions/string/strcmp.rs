//! # strcmp
//!
//! -1, 0 or 1, as a text comes before, is equal to, or comes after another.
//!
//! ```apl
//! strcmp(a, b)
//! ```
//!
//! ## Example
//!
//! ```apl
//! strcmp("a", "b") -> -1
//! strcmp("a", "a") -> 0
//! strcmp("b", "a") -> 1
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["strcmp"],
    "strcmp(a, b)",
    &[Takes::Text, Takes::Text],
    Kind::Integer,
    |rows| rows.integers(|row| Some(row.text(0)?.cmp(row.text(1)?) as i64)),
);
