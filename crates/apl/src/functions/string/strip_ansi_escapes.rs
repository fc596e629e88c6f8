//! # strip_ansi_escapes
//!
//! A text without the sequences that colour a terminal.
//!
//! ```apl
//! strip_ansi_escapes(text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! strip_ansi_escapes("\u001b[31mred\u001b[0m x") -> red x
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["strip_ansi_escapes"],
    "strip_ansi_escapes(text)",
    &[Takes::Text],
    Kind::Text,
    |rows| rows.texts(|row| Some(stripped(row.text(0)?))),
);

/// Without `ESC [ … letter`, `ESC ] … BEL`, and ESC with one letter.
fn stripped(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        if letter != '\u{1b}' {
            made.push(letter);
            continue;
        }
        match letters.next() {
            Some('[') => {
                letters.find(|letter| ('@'..='~').contains(letter));
            }
            Some(']') => {
                letters.find(|letter| *letter == '\u{7}');
            }
            _ => {}
        }
    }
    made
}
