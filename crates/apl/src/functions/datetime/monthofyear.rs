//! # monthofyear, getmonth
//!
//! The month, from 1 to 12.
//!
//! ```apl
//! monthofyear(datetime)
//! ```
//!
//! ## Example
//!
//! ```apl
//! monthofyear(datetime(2024-12-31)) -> 12
//! ```

use crate::functions::datetime::calendar;
use crate::functions::{Function, Takes};
use crate::kind::Kind;
use chrono::Datelike;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["monthofyear", "getmonth"],
    "monthofyear(datetime)",
    &[Takes::Datetime],
    Kind::Integer,
    |rows| rows.integers(|row| Some(i64::from(calendar::time(row.integer(0)?).month()))),
);
