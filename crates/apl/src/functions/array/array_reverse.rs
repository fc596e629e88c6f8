//! # array_reverse
//!
//! The elements from last to first.
//!
//! ```apl
//! array_reverse(array)
//! ```
//!
//! ## Example
//!
//! ```apl
//! array_reverse(dynamic([1, 2, "c"])) -> ["c",2,1]
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["array_reverse"],
    "array_reverse(array)",
    &[Takes::Array],
    Kind::Array,
    |rows| {
        rows.arrays(|row| {
            let mut elements = row.array(0)?;
            elements.reverse();
            Some(elements)
        })
    },
);
