//! # unicode_codepoints_from_string
//!
//! The numbers that Unicode gives to the letters of a text.
//!
//! ```apl
//! unicode_codepoints_from_string(text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! unicode_codepoints_from_string("Hä") -> [72,228]
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["unicode_codepoints_from_string"],
    "unicode_codepoints_from_string(text)",
    &[Takes::Text],
    Kind::Array,
    |rows| {
        rows.arrays(|row| {
            Some(
                row.text(0)?
                    .chars()
                    .map(|letter| u32::from(letter).into())
                    .collect(),
            )
        })
    },
);
