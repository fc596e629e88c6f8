//! # array_sort_asc
//!
//! The elements in ascending order: null, booleans, numbers, strings, arrays, maps. What is no array is an
//! empty one.
//!
//! ```apl
//! array_sort_asc(array)
//! ```
//!
//! ## Example
//!
//! ```apl
//! array_sort_asc(dynamic([3, 1, 2])) -> [1,2,3]
//! array_sort_asc(dynamic(["b", 2, "a", null, 1])) -> [null,1,2,"a","b"]
//! array_sort_asc(parse_json("5")) -> []
//! ```

use crate::functions::{Function, Takes};
use crate::kernels::json;
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["array_sort_asc"],
    "array_sort_asc(array)",
    &[Takes::Array],
    Kind::Array,
    |rows| {
        rows.arrays(|row| {
            let mut elements = row.array(0).unwrap_or_default();
            elements.sort_by(json::compare);
            Some(elements)
        })
    },
);
