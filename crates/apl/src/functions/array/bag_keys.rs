//! # bag_keys
//!
//! The keys of a map, in order; null of what is no map.
//!
//! ```apl
//! bag_keys(map)
//! ```
//!
//! ## Example
//!
//! ```apl
//! bag_keys(dynamic({"b": 1, "a": {"c": 2}})) -> ["a","b"]
//! bag_keys(parse_json("[1]")) -> null
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["bag_keys"],
    "bag_keys(map)",
    &[Takes::Map],
    Kind::Array,
    |rows| {
        rows.arrays(|row| {
            Some(
                row.map(0)?
                    .into_iter()
                    .map(|entry| entry.0.into())
                    .collect(),
            )
        })
    },
);
