//! # countof_regex
//!
//! How often a regular expression matches in a text.
//!
//! ```apl
//! countof_regex(regex, text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! countof_regex("[0-9]+", "a1b22c333") -> 3
//! ```

use crate::functions::{Function, Takes};
use crate::kernels::regex;
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["countof_regex"],
    "countof_regex(regex, text)",
    &[Takes::Pattern, Takes::Text],
    Kind::Integer,
    |rows| {
        rows.try_integers(|row| {
            let (Some(pattern), Some(text)) = (row.pattern(0), row.text(1)) else {
                return Ok(None);
            };
            let mut found = regex::matches(pattern, text, row.searches());
            found
                .try_fold(0, |count, found| found.map(|_| count + 1))
                .map(Some)
        })
    },
);
