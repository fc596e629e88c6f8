//! # toarray
//!
//! An array: an array as it is, the values of a map, any other value as the only element. Null of null.
//!
//! ```apl
//! toarray(value)
//! ```
//!
//! ## Example
//!
//! ```apl
//! toarray(dynamic([1, 2])) -> [1,2]
//! toarray("123") -> ["123"]
//! toarray(dynamic({"a": 1, "b": 2})) -> [1,2]
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;
use serde_json::Value as Json;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["toarray"],
    "toarray(value)",
    &[Takes::Any],
    Kind::Array,
    |rows| {
        rows.arrays(|row| match row.json(0).into_owned() {
            Json::Null => None,
            Json::Array(elements) => Some(elements),
            Json::Object(entries) => Some(entries.into_iter().map(|entry| entry.1).collect()),
            scalar => Some(vec![scalar]),
        })
    },
);
