//! # array_concat
//!
//! All elements of the arrays, one array after the other.
//!
//! ```apl
//! array_concat(array, …)
//! ```
//!
//! ## Example
//!
//! ```apl
//! array_concat(dynamic([1, 2]), dynamic(["a"])) -> [1,2,"a"]
//! array_concat(dynamic([1]), dynamic(null)) -> null
//! ```

use crate::functions::{Function, Takes};
use crate::kernels::bounded;
use crate::kernels::rows::Row;
use crate::kind::Kind;
use datafusion::common::Result;
use serde_json::Value as Json;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["array_concat"],
    "array_concat(array, …)",
    &[Takes::Array],
    Kind::Array,
    |rows| rows.try_json(concatenated),
)
.repeated(64);

fn concatenated(row: Row<'_>) -> Result<Option<Json>> {
    let mut all = Vec::new();
    for place in 0..row.len() {
        let Some(elements) = row.array(place) else {
            return Ok(None);
        };
        all.extend(elements);
        // An element and its comma are two letters at least.
        bounded::check_value(all.len() * 2)?;
    }
    Ok(Some(Json::Array(all)))
}
