//! # getyear
//!
//! The year.
//!
//! ```apl
//! getyear(datetime)
//! ```
//!
//! ## Example
//!
//! ```apl
//! getyear(datetime(2024-12-31)) -> 2024
//! ```

use crate::functions::datetime::calendar;
use crate::functions::{Function, Takes};
use crate::kind::Kind;
use chrono::Datelike;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["getyear"],
    "getyear(datetime)",
    &[Takes::Datetime],
    Kind::Integer,
    |rows| rows.integers(|row| Some(i64::from(calendar::time(row.integer(0)?).year()))),
);
