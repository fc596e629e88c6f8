//! # set_union
//!
//! The elements of all arrays, each once, in order.
//!
//! ```apl
//! set_union(array, array, …)
//! ```
//!
//! ## Example
//!
//! ```apl
//! set_union(dynamic([1, 2, 3]), dynamic([2, 3, 4])) -> [1,2,3,4]
//! ```

use crate::functions::math::set::Set;
use crate::functions::{Function, Takes};
use crate::kernels::bounded;
use crate::kind::Kind;
use serde_json::Value as Json;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["set_union"],
    "set_union(array, array, …)",
    &[Takes::Array, Takes::Array],
    Kind::Array,
    |rows| {
        rows.try_json(|row| {
            let (mut all, mut seen) = (Vec::new(), Set::default());
            for place in 0..row.len() {
                let Some(elements) = row.array(place) else {
                    return Ok(None);
                };
                all.extend(elements.into_iter().filter(|element| seen.add(element)));
                bounded::check_value(all.len() * 2)?;
            }
            Ok(Some(Json::Array(all)))
        })
    },
)
.repeated(64);
