//! # datetime_part
//!
//! A part of a datetime as a number: `year`, `quarter`, `month`, `week_of_year`, `day`, `dayOfYear`, `hour`,
//! `minute`, `second`, and of the fraction of the second `millisecond`, `microsecond`, `nanosecond`.
//!
//! ```apl
//! datetime_part(part, datetime)
//! ```
//!
//! ## Example
//!
//! ```apl
//! datetime_part("quarter", datetime(2017-10-30T01:02:03.7654321Z)) -> 4
//! datetime_part("dayOfYear", datetime(2017-10-30T01:02:03.7654321Z)) -> 303
//! datetime_part("week_of_year", datetime(2017-10-30T01:02:03.7654321Z)) -> 44
//! datetime_part("microsecond", datetime(2017-10-30T01:02:03.7654321Z)) -> 765432
//! ```

use crate::functions::datetime::calendar;
use crate::functions::{Function, Takes};
use crate::kind::Kind;
use chrono::{DateTime, Datelike, Timelike, Utc};

pub(super) const FUNCTION: Function = Function::of_rows(
    &["datetime_part"],
    "datetime_part(part, datetime)",
    &[Takes::Word(FIELDS), Takes::Datetime],
    Kind::Integer,
    |rows| rows.integers(|row| part(&calendar::time(row.integer(1)?), row.text(0)?)),
);

const FIELDS: &[&str] = &[
    "year",
    "quarter",
    "month",
    "week_of_year",
    "day",
    "dayOfYear",
    "hour",
    "minute",
    "second",
    "millisecond",
    "microsecond",
    "nanosecond",
];

fn part(time: &DateTime<Utc>, part: &str) -> Option<i64> {
    let nanos = i64::from(time.nanosecond());
    Some(match part.to_ascii_lowercase().as_str() {
        "year" => i64::from(time.year()),
        "quarter" => i64::from(time.month0() / 3 + 1),
        "month" => i64::from(time.month()),
        "week_of_year" => i64::from(time.iso_week().week()),
        "day" => i64::from(time.day()),
        "dayofyear" => i64::from(time.ordinal()),
        "hour" => i64::from(time.hour()),
        "minute" => i64::from(time.minute()),
        "second" => i64::from(time.second()),
        "millisecond" => nanos / 1_000_000,
        "microsecond" => nanos / 1_000,
        "nanosecond" => nanos,
        _ => return None,
    })
}
