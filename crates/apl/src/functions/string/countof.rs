//! # countof
//!
//! How often a text is found in another, one find after the end of the other.
//!
//! ```apl
//! countof(search, text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! countof("/", "/api/v1/users") -> 3
//! countof("aa", "aaaa") -> 2
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["countof"],
    "countof(search, text)",
    &[Takes::Text, Takes::Text],
    Kind::Integer,
    |rows| {
        rows.integers(|row| match row.text(0)? {
            "" => Some(0),
            search => Some(row.text(1)?.matches(search).count() as i64),
        })
    },
);
