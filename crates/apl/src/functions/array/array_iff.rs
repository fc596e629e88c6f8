//! # array_iff
//!
//! For each condition the element of the one array where it is true, of the other where it is false. A scalar
//! stands for an array of it; an array that is too short has nulls.
//!
//! ```apl
//! array_iff(conditions, then, else)
//! ```
//!
//! ## Example
//!
//! ```apl
//! array_iff(dynamic([true, false, true]), dynamic([1, 2, 3]), dynamic([10, 20, 30])) -> [1,20,3]
//! array_iff(dynamic([true, false]), dynamic(["a"]), 0) -> ["a",0]
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;
use serde_json::Value as Json;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["array_iff"],
    "array_iff(conditions, then, else)",
    &[Takes::Array, Takes::Any, Takes::Any],
    Kind::Array,
    |rows| {
        rows.arrays(|row| {
            let (then, otherwise) = (row.json(1), row.json(2));
            let choose = |(place, condition): (usize, &Json)| {
                let chosen = match condition {
                    Json::Bool(true) => &then,
                    Json::Bool(false) => &otherwise,
                    Json::Number(number) if number.as_f64() == Some(0.0) => &otherwise,
                    Json::Number(_) => &then,
                    _ => return Json::Null,
                };
                match chosen.as_ref() {
                    Json::Array(elements) => elements.get(place).cloned().unwrap_or(Json::Null),
                    scalar => scalar.clone(),
                }
            };
            Some(row.array(0)?.iter().enumerate().map(choose).collect())
        })
    },
);
