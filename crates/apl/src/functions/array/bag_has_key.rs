//! # bag_has_key
//!
//! Whether a map has a key.
//!
//! ```apl
//! bag_has_key(map, key)
//! ```
//!
//! ## Example
//!
//! ```apl
//! bag_has_key(dynamic({"a": 1}), "a") -> true
//! bag_has_key(dynamic({"a": 1}), "b") -> false
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["bag_has_key"],
    "bag_has_key(map, key)",
    &[Takes::Map, Takes::Text],
    Kind::Boolean,
    |rows| {
        rows.booleans(|row| {
            let key = row.text(1)?;
            Some(row.map(0)?.contains_key(key))
        })
    },
);
