//! # array_sort_desc
//!
//! The elements in descending order: null, booleans, numbers, strings, arrays, maps. What is no array is an
//! empty one.
//!
//! ```apl
//! array_sort_desc(array)
//! ```
//!
//! ## Example
//!
//! ```apl
//! array_sort_desc(dynamic([3, 1, 2])) -> [3,2,1]
//! array_sort_desc(dynamic(["b", "a", "c"])) -> ["c","b","a"]
//! ```

use crate::functions::{Function, Takes};
use crate::kernels::json;
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["array_sort_desc"],
    "array_sort_desc(array)",
    &[Takes::Array],
    Kind::Array,
    |rows| {
        rows.arrays(|row| {
            let mut elements = row.array(0).unwrap_or_default();
            elements.sort_by(|left, right| json::compare(right, left));
            Some(elements)
        })
    },
);
