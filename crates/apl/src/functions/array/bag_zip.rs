//! # bag_zip
//!
//! A map of an array of keys and an array of values; as many entries as the shorter has.
//!
//! ```apl
//! bag_zip(keys, values)
//! ```
//!
//! ## Example
//!
//! ```apl
//! bag_zip(dynamic(["a", "b"]), dynamic([1, 2, 3])) -> {"a":1,"b":2}
//! ```

use crate::functions::{Function, Takes};
use crate::kernels::json;
use crate::kind::Kind;
use serde_json::Value as Json;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["bag_zip"],
    "bag_zip(keys, values)",
    &[Takes::Array, Takes::Array],
    Kind::Bag,
    |rows| {
        rows.json(|row| {
            let entries = row.array(0)?.into_iter().zip(row.array(1)?);
            let entry = |(key, value)| Some((json::plain(key)?, value));
            Some(Json::Object(entries.filter_map(entry).collect()))
        })
    },
);
