//! # dayofweek
//!
//! The days since Sunday: 0 on a Sunday, 6 on a Saturday.
//!
//! ```apl
//! dayofweek(datetime)
//! ```
//!
//! ## Example
//!
//! ```apl
//! dayofweek(datetime(2024-02-29)) -> 4
//! dayofweek(datetime(2024-03-03)) -> 0
//! ```

use crate::functions::datetime::calendar;
use crate::functions::{Function, Takes};
use crate::kind::Kind;
use chrono::Datelike;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["dayofweek"],
    "dayofweek(datetime)",
    &[Takes::Datetime],
    Kind::Integer,
    |rows| {
        rows.integers(|row| {
            let day = calendar::time(row.integer(0)?).weekday();
            Some(i64::from(day.num_days_from_sunday()))
        })
    },
);
