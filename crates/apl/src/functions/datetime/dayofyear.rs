//! # dayofyear
//!
//! The day of the year, from 1.
//!
//! ```apl
//! dayofyear(datetime)
//! ```
//!
//! ## Example
//!
//! ```apl
//! dayofyear(datetime(2024-12-31)) -> 366
//! ```

use crate::functions::datetime::calendar;
use crate::functions::{Function, Takes};
use crate::kind::Kind;
use chrono::Datelike;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["dayofyear"],
    "dayofyear(datetime)",
    &[Takes::Datetime],
    Kind::Integer,
    |rows| rows.integers(|row| Some(i64::from(calendar::time(row.integer(0)?).ordinal()))),
);
