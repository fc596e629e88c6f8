//! # min_of
//!
//! The smallest of several values of one kind: numbers, strings, datetimes, timespans or booleans. Nulls do
//! not count.
//!
//! ```apl
//! min_of(a, b, …)
//! ```
//!
//! ## Example
//!
//! ```apl
//! min_of(10, 2, 7) -> 2
//! min_of(1m, 30s) -> 30s
//! min_of(3, dynamic(null)) -> 3
//! ```

use crate::functions::Function;
use std::cmp::Ordering;

pub(super) const FUNCTION: Function =
    Function::bound(&["min_of"], "min_of(a, b, …)", 1..=64, |binder, call| {
        super::extreme(binder, call, "min_of", |rows| {
            super::chosen(rows, Ordering::Less)
        })
    });
