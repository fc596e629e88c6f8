//! # isascii
//!
//! Whether a text has letters of ASCII only.
//!
//! ```apl
//! isascii(text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! isascii("abc") -> true
//! isascii("ä") -> false
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["isascii"],
    "isascii(text)",
    &[Takes::Text],
    Kind::Boolean,
    |rows| rows.booleans(|row| Some(row.text(0)?.is_ascii())),
);
