//! # datetime_add
//!
//! A datetime so many parts later: `year`, `quarter`, `month`, `week`, `day`, `hour`, `minute`, `second`,
//! `millisecond`, `microsecond`, `nanosecond`. A day that a shorter month does not have is its last.
//!
//! ```apl
//! datetime_add(part, count, datetime)
//! ```
//!
//! ## Example
//!
//! ```apl
//! datetime_add("month", 1, datetime(2024-01-31)) -> 2024-02-29T00:00:00Z
//! datetime_add("hour", -2, datetime(2024-01-01)) -> 2023-12-31T22:00:00Z
//! datetime_add("quarter", 1, datetime(2024-11-15)) -> 2025-02-15T00:00:00Z
//! ```

use crate::functions::datetime::calendar;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["datetime_add"],
    "datetime_add(part, count, datetime)",
    &[
        Takes::Word(calendar::PARTS),
        Takes::Integer,
        Takes::Datetime,
    ],
    Kind::Datetime,
    |rows| rows.datetimes(|row| calendar::later(row.integer(2)?, row.text(0)?, row.integer(1)?)),
);
