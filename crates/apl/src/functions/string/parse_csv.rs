//! # parse_csv
//!
//! The fields of one line of comma-separated values. A field in quotes may have commas in it, and quotes
//! twice.
//!
//! ```apl
//! parse_csv(text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! parse_csv("200,201,204") -> ["200","201","204"]
//! parse_csv('a,"b,c","d""e",') -> ["a","b,c","d\"e",""]
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;
use serde_json::Value as Json;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["parse_csv"],
    "parse_csv(text)",
    &[Takes::Text],
    Kind::Array,
    |rows| rows.arrays(|row| Some(fields(row.text(0)?))),
);

/// The fields of the first line.
fn fields(text: &str) -> Vec<Json> {
    let (mut all, mut field, mut is_quoted) = (Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if is_quoted && letters.next_if_eq(&'"').is_some() => field.push('"'),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => all.push(Json::from(std::mem::take(&mut field))),
            '\n' if !is_quoted => break,
            '\r' if !is_quoted => {}
            letter => field.push(letter),
        }
    }
    all.push(Json::from(field));
    all
}
