//! # translate
//!
//! A text with each letter of the first list replaced by the letter at the same place of the second. The last
//! letter of the second stands for all further ones; when it is empty, they fall away.
//!
//! ```apl
//! translate(letters, replacements, text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! translate("abc", "xy", "aabbcc-d") -> xxyyyy-d
//! translate("aeiou", "", "frontend") -> frntnd
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;
use std::collections::HashMap;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["translate"],
    "translate(letters, replacements, text)",
    &[Takes::Text, Takes::Text, Takes::Text],
    Kind::Text,
    |rows| {
        rows.texts(|row| {
            let (letters, replacements) = (row.text(0)?, row.text(1)?);
            let to: Vec<char> = replacements.chars().collect();
            let mut table = HashMap::new();
            for (place, letter) in letters.chars().enumerate() {
                table
                    .entry(letter)
                    .or_insert(to.get(place).or(to.last()).copied());
            }
            let translated = |letter: char| table.get(&letter).copied().unwrap_or(Some(letter));
            Some(
                row.text(2)?
                    .chars()
                    .filter_map(translated)
                    .collect::<String>(),
            )
        })
    },
);
