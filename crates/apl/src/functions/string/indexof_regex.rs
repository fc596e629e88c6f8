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

use crate::functions::{Function, Takes};
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
        rows.integers(|row| {
            let window = super::window(row.text(0)?, row.integer(2), row.integer(4))?;
            let earlier = usize::try_from(row.integer(3).unwrap_or(1))
                .ok()?
                .checked_sub(1)?;
            let found = row.pattern(1)?.find_iter(window.text).nth(earlier);
            Some(found.map_or(-1, |found| window.letter(found.start())))
        })
    },
)
.optional(3);
