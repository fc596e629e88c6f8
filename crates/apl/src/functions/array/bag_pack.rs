//! # bag_pack, pack, pack_dictionary
//!
//! A map of keys and values.
//!
//! ```apl
//! bag_pack(key, value, …)
//! ```
//!
//! ## Example
//!
//! ```apl
//! bag_pack("name", "a", "n", 2) -> {"n":2,"name":"a"}
//! bag_pack("at", dynamic([1]), "none", null) -> {"at":[1],"none":null}
//! ```

use crate::functions::{Function, Takes};
use crate::kernels::rows;
use crate::kernels::rows::Row;
use crate::kind::Kind;
use serde_json::Value as Json;

pub(super) const FUNCTION: Function = Function::bound(
    &["bag_pack", "pack", "pack_dictionary"],
    "bag_pack(key, value, …)",
    2..=128,
    |binder, call| {
        if call.values.len() % 2 != 0 {
            let message = "expected bag_pack(key, value, …): a value is missing after the last key";
            return Err(binder.error(&call.range, message));
        }
        let mut arguments = Vec::with_capacity(call.values.len());
        for place in 0..call.values.len() {
            let takes = if place % 2 == 0 {
                Takes::Text
            } else {
                Takes::Any
            };
            arguments.push(takes.bind(binder, call, place)?);
        }
        Ok(rows::call(
            "bag_pack",
            Kind::Bag,
            |rows| rows.json(packed),
            arguments,
        ))
    },
)
.making_texts();

fn packed(row: Row<'_>) -> Option<Json> {
    let entry = |place: usize| {
        Some((
            row.text(place)?.to_owned(),
            row.json(place + 1).into_owned(),
        ))
    };
    Some(Json::Object(
        (0..row.len()).step_by(2).filter_map(entry).collect(),
    ))
}
