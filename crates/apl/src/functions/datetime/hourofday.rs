//! # hourofday
//!
//! The hour, from 0 to 23.
//!
//! ```apl
//! hourofday(datetime)
//! ```
//!
//! ## Example
//!
//! ```apl
//! hourofday(datetime(2024-01-02T23:59:00Z)) -> 23
//! ```

use crate::functions::datetime::calendar;
use crate::functions::{Function, Takes};
use crate::kind::Kind;
use chrono::Timelike;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["hourofday"],
    "hourofday(datetime)",
    &[Takes::Datetime],
    Kind::Integer,
    |rows| rows.integers(|row| Some(i64::from(calendar::time(row.integer(0)?).hour()))),
);
