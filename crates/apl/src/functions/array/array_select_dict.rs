//! # array_select_dict
//!
//! The first map of an array of maps in which a key has a value; null when there is none.
//!
//! ```apl
//! array_select_dict(array, key, value)
//! ```
//!
//! ## Example
//!
//! ```apl
//! array_select_dict(dynamic([{"id": 1, "n": "a"}, {"id": 2, "n": "b"}]), "id", 2) -> {"id":2,"n":"b"}
//! array_select_dict(dynamic([5, {"id": 1}]), "id", 9) -> null
//! ```

use crate::functions::{Function, Takes};
use crate::kernels::json;
use crate::kind::Kind;
use serde_json::Value as Json;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["array_select_dict"],
    "array_select_dict(array, key, value)",
    &[Takes::Array, Takes::Text, Takes::Any],
    Kind::Dynamic,
    |rows| {
        rows.json(|row| {
            let (key, wanted) = (row.text(1)?, row.json(2));
            let has = |element: &Json| {
                element
                    .get(key)
                    .is_some_and(|value| json::same(value, &wanted))
            };
            row.array(0)?.into_iter().find(has)
        })
    },
);
