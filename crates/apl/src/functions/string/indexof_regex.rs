//! # indexof_regex
//!
//! At which letter a regular expression first matches, counted from 0; -1 when it does not. The search may
//! begin at a letter, want another than the first match, and look at so many letters (-1: all).
//!
//! ```apl
//! indexof_regex(text, regex, start, occurrence, length)
//! ```
//!
//! ## Example
//!
//! ```apl
//! indexof_regex("/api/user-12345/settings", "user-[0-9]+") -> 5
//! indexof_regex("a1b2c3", "[0-9]", 2) -> 3
//! indexof_regex("a1b2c3", "[0-9]", 0, 3) -> 5
//! indexof_regex("abc", "[0-9]") -> -1
//! ```

use super::Window;
use crate::functions::{Function, Takes};
use crate::kernels::{regex, rows::Row};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["indexof_regex"],
    "indexof_regex(text, regex, start, occurrence, length)",
    &[
        Takes::Text,
        Takes::Pattern,
        Takes::Integer,
        Takes::Integer,
        Takes::Integer,
    ],
    Kind::Integer,
    |rows| {
        rows.try_integers(|row| {
            let (Some((window, earlier)), Some(pattern)) = (sought(row), row.pattern(1)) else {
                return Ok(None);
            };
            let mut left = earlier;
            for found in regex::matches(pattern, window.text, row.searches()) {
                let found = found?;
                if left == 0 {
                    return Ok(Some(window.letter(found.start())));
                }
                left -= 1;
            }
            Ok(Some(-1))
        })
    },
)
.optional(3);

/// Where to search, and how many matches come before the one that is wanted.
fn sought(row: Row<'_>) -> Option<(Window<'_>, usize)> {
    let window = super::window(row.text(0)?, row.integer(2), row.integer(4))?;
    let wanted = usize::try_from(row.integer(3).unwrap_or(1)).ok()?;
    Some((window, wanted.checked_sub(1)?))
}
