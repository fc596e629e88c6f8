//! # totitle
//!
//! A text whose first letter is a capital.
//!
//! ```apl
//! totitle(text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! totitle("get") -> Get
//! totitle("élan vital") -> Élan vital
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["totitle"],
    "totitle(text)",
    &[Takes::Text],
    Kind::Text,
    |rows| {
        rows.texts(|row| {
            let mut letters = row.text(0)?.chars();
            let first = letters.next().map(char::to_uppercase);
            Some(
                first
                    .into_iter()
                    .flatten()
                    .chain(letters)
                    .collect::<String>(),
            )
        })
    },
);
