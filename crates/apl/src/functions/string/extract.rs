//! # extract
//!
//! What a group of a regular expression matched first; group 0 is the whole match. Null without a match.
//!
//! ```apl
//! extract(regex, group, text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! extract("user-([0-9]+)", 1, "/api/user-17/x") -> 17
//! extract("[a-z]+", 0, "12ab34") -> ab
//! extract("x", 0, "abc") -> null
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["extract"],
    "extract(regex, group, text)",
    &[Takes::Pattern, Takes::Integer, Takes::Text],
    Kind::Text,
    |rows| {
        rows.texts(|row| {
            let group = usize::try_from(row.integer(1)?).ok()?;
            let found = row.pattern(0)?.captures(row.text(2)?)?;
            Some(found.get(group)?.as_str())
        })
    },
);
