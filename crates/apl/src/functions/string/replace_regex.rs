//! # replace_regex, replace
//!
//! A text with every match of a regular expression replaced; in the replacement `$1` and `\1` stand for what
//! the first group matched, `$0` for the match.
//!
//! ```apl
//! replace_regex(regex, rewrite, text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! replace_regex("[0-9]+", "#", "a1b22") -> a#b#
//! replace_regex("(a)(b)", "$2$1", "ab ab") -> ba ba
//! replace_regex("x", "y", "abc") -> abc
//! ```

use crate::functions::{Function, Takes};
use crate::kernels::regex::Rewrite;
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["replace_regex", "replace"],
    "replace_regex(regex, rewrite, text)",
    &[Takes::Pattern, Takes::Text, Takes::Text],
    Kind::Text,
    |rows| {
        let rewrites = rows.prepared(1, |row, place| row.text(place).map(Rewrite::new));
        rows.try_texts(
            |row| match (row.pattern(0), rewrites.of(row), row.text(2)) {
                (Some(pattern), Some(rewrite), Some(text)) => {
                    let searches = row.searches();
                    rewrite
                        .replaced(pattern, text, usize::MAX, searches)
                        .map(Some)
                }
                _ => Ok(None),
            },
        )
    },
);
