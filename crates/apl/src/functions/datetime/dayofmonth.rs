//! # dayofmonth
//!
//! The day of the month, from 1.
//!
//! ```apl
//! dayofmonth(datetime)
//! ```
//!
//! ## Example
//!
//! ```apl
//! dayofmonth(datetime(2024-02-29)) -> 29
//! ```

use crate::functions::datetime::calendar;
use crate::functions::{Function, Takes};
use crate::kind::Kind;
use chrono::Datelike;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["dayofmonth"],
    "dayofmonth(datetime)",
    &[Takes::Datetime],
    Kind::Integer,
    |rows| rows.integers(|row| Some(i64::from(calendar::time(row.integer(0)?).day()))),
);
