//! # reverse
//!
//! The letters from last to first.
//!
//! ```apl
//! reverse(text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! reverse("abä") -> äba
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["reverse"],
    "reverse(text)",
    &[Takes::Text],
    Kind::Text,
    |rows| rows.texts(|row| Some(row.text(0)?.chars().rev().collect::<String>())),
);
