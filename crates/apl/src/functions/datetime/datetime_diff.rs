//! # datetime_diff
//!
//! How many borders of a part lie between two datetimes, the second being the earlier one: parts as in
//! `datetime_add`, weeks from Sunday.
//!
//! ```apl
//! datetime_diff(part, later, earlier)
//! ```
//!
//! ## Example
//!
//! ```apl
//! datetime_diff("year", datetime(2024-01-01), datetime(2023-12-31)) -> 1
//! datetime_diff("week", datetime(2017-10-29), datetime(2017-10-21T23:59:00Z)) -> 2
//! datetime_diff("hour", datetime(2024-01-01T05:10:00Z), datetime(2024-01-01T03:50:00Z)) -> 2
//! datetime_diff("second", datetime(2024-01-01), datetime(2024-01-01T00:00:10Z)) -> -10
//! ```

use crate::functions::datetime::calendar;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["datetime_diff"],
    "datetime_diff(part, later, earlier)",
    &[
        Takes::Word(calendar::PARTS),
        Takes::Datetime,
        Takes::Datetime,
    ],
    Kind::Integer,
    |rows| {
        rows.integers(|row| {
            let part = row.text(0)?;
            let count = |nanos| calendar::since_the_start(nanos, part);
            count(row.integer(1)?)?.checked_sub(count(row.integer(2)?)?)
        })
    },
);
