//! # array_split
//!
//! An array cut at a place, or at each place of an array of them: one array more than there are places.
//! Negative places count from the end.
//!
//! ```apl
//! array_split(array, places)
//! ```
//!
//! ## Example
//!
//! ```apl
//! array_split(dynamic([1, 2, 3, 4, 5]), 2) -> [[1,2],[3,4,5]]
//! array_split(dynamic([1, 2, 3, 4, 5]), dynamic([1, 3])) -> [[1],[2,3],[4,5]]
//! array_split(dynamic([1, 2, 3]), -1) -> [[1,2],[3]]
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;
use serde_json::Value as Json;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["array_split"],
    "array_split(array, places)",
    &[Takes::Array, Takes::Any],
    Kind::Array,
    |rows| {
        rows.arrays(|row| {
            let elements = row.array(0)?;
            let places = match row.json(1).into_owned() {
                Json::Array(places) => places,
                place => vec![place],
            };
            let mut parts = Vec::with_capacity(places.len() + 1);
            let mut from = 0;
            for place in places {
                let to = super::clamped(place.as_i64()?, elements.len()).max(from);
                parts.push(Json::from(&elements[from..to]));
                from = to;
            }
            parts.push(Json::from(&elements[from..]));
            Some(parts)
        })
    },
);
