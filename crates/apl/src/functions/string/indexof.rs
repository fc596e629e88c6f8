//! # indexof
//!
//! At which letter a text is found in another, counted from 0; -1 when it is not there. The search may begin
//! at a letter (a negative one counts from the end), look at so many letters (-1: all), and want another than
//! the first occurrence.
//!
//! ```apl
//! indexof(text, search, start, length, occurrence)
//! ```
//!
//! ## Example
//!
//! ```apl
//! indexof("abcabc", "c") -> 2
//! indexof("abcabc", "c", 3) -> 5
//! indexof("abcabc", "c", 0, -1, 2) -> 5
//! indexof("äöü", "ü") -> 2
//! indexof("abc", "x") -> -1
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["indexof"],
    "indexof(text, search, start, length, occurrence)",
    &[
        Takes::Text,
        Takes::Text,
        Takes::Integer,
        Takes::Integer,
        Takes::Integer,
    ],
    Kind::Integer,
    |rows| {
        rows.integers(|row| {
            let (text, search) = (row.text(0)?, row.text(1)?);
            let window = super::window(text, row.integer(2), row.integer(3))?;
            let earlier = usize::try_from(row.integer(4).unwrap_or(1))
                .ok()?
                .checked_sub(1)?;
            let found = window.text.match_indices(search).nth(earlier);
            Some(found.map_or(-1, |(at, _)| window.letter(at)))
        })
    },
)
.optional(3);
