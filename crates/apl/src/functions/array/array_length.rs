//! # array_length
//!
//! How many elements an array has; null of what is no array.
//!
//! ```apl
//! array_length(array)
//! ```
//!
//! ## Example
//!
//! ```apl
//! array_length(dynamic([1, "a", null])) -> 3
//! array_length(dynamic([])) -> 0
//! array_length(parse_json("5")) -> null
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;
use arrow::array::AsArray;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["array_length"],
    "array_length(array)",
    &[Takes::Array],
    Kind::Integer,
    |rows| {
        rows.integers(|row| {
            let (column, at) = row.cell(0)?;
            match column.as_list_opt::<i32>() {
                Some(list) => Some(i64::from(list.value_length(at))),
                None => row.array(0).map(|elements| elements.len() as i64),
            }
        })
    },
);
