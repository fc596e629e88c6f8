//! # max_of
//!
//! The largest of several values of one kind: numbers, strings, datetimes, timespans or booleans. Nulls do
//! not count.
//!
//! ```apl
//! max_of(a, b, …)
//! ```
//!
//! ## Example
//!
//! ```apl
//! max_of(10, 2, 7) -> 10
//! max_of(1, 2.5) -> 2.5
//! max_of("a", "b") -> b
//! ```

use crate::functions::Function;
use std::cmp::Ordering;

pub(super) const FUNCTION: Function =
    Function::bound(&["max_of"], "max_of(a, b, …)", 1..=64, |binder, call| {
        super::extreme(binder, call, "max_of", |rows| {
            super::chosen(rows, Ordering::Greater)
        })
    });
