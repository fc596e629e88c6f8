//! # week_of_year
//!
//! The number of the week by ISO 8601, from 1 to 53.
//!
//! ```apl
//! week_of_year(datetime)
//! ```
//!
//! ## Example
//!
//! ```apl
//! week_of_year(datetime(2021-01-03)) -> 53
//! week_of_year(datetime(2024-12-30)) -> 1
//! ```

use crate::functions::datetime::calendar;
use crate::functions::{Function, Takes};
use crate::kind::Kind;
use chrono::Datelike;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["week_of_year"],
    "week_of_year(datetime)",
    &[Takes::Datetime],
    Kind::Integer,
    |rows| rows.integers(|row| Some(i64::from(calendar::time(row.integer(0)?).iso_week().week()))),
);
