//! # array_sum
//!
//! The sum of the numbers in an array; null when there are none. Integers add up to an integer unless it
//! would be too large.
//!
//! ```apl
//! array_sum(array)
//! ```
//!
//! ## Example
//!
//! ```apl
//! array_sum(dynamic([1, 2, 3])) -> 6
//! array_sum(dynamic([1, 0.5, "x"])) -> 1.5
//! array_sum(dynamic([])) -> null
//! ```

use crate::functions::{Function, Takes};
use crate::kernels::json;
use crate::kind::Kind;
use serde_json::Value as Json;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["array_sum"],
    "array_sum(array)",
    &[Takes::Array],
    Kind::Dynamic,
    |rows| {
        rows.json(|row| {
            let elements = row.array(0)?;
            let numbers: Vec<&Json> = elements
                .iter()
                .filter(|element| element.is_number())
                .collect();
            if numbers.is_empty() {
                return None;
            }
            let add = |sum: i64, number: &&Json| sum.checked_add(number.as_i64()?);
            match numbers.iter().try_fold(0, add) {
                Some(sum) => Some(sum.into()),
                None => Some(json::number(
                    numbers.iter().filter_map(|number| number.as_f64()).sum(),
                )),
            }
        })
    },
);
