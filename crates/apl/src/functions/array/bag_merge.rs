//! # bag_merge
//!
//! The entries of all maps; where two have a key, the first has it.
//!
//! ```apl
//! bag_merge(map, map, …)
//! ```
//!
//! ## Example
//!
//! ```apl
//! bag_merge(dynamic({"a": 1}), dynamic({"a": 2, "b": 3})) -> {"a":1,"b":3}
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;
use serde_json::Value as Json;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["bag_merge"],
    "bag_merge(map, map, …)",
    &[Takes::Map],
    Kind::Bag,
    |rows| {
        rows.json(|row| {
            let mut all = serde_json::Map::new();
            for place in (0..row.len()).rev() {
                all.extend(row.map(place).unwrap_or_default());
            }
            Some(Json::Object(all))
        })
    },
)
.repeated(64);
