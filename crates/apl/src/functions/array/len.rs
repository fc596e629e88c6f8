//! # len
//!
//! How many letters a string has, or elements an array, or entries a map.
//!
//! ```apl
//! len(value)
//! ```
//!
//! ## Example
//!
//! ```apl
//! len("äb") -> 2
//! len(dynamic([1, 2, 3])) -> 3
//! len(dynamic(null)) -> null
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;
use serde_json::Value as Json;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["len"],
    "len(value)",
    &[Takes::Any],
    Kind::Integer,
    |rows| {
        rows.integers(|row| match row.json(0).as_ref() {
            Json::String(text) => Some(text.chars().count() as i64),
            Json::Array(elements) => Some(elements.len() as i64),
            Json::Object(entries) => Some(entries.len() as i64),
            _ => None,
        })
    },
);
