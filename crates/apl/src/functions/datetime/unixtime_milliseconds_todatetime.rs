//! # unixtime_milliseconds_todatetime
//!
//! The datetime so many milliseconds after 1970-01-01; null outside of 1677 to 2262. A fraction falls away.
//!
//! ```apl
//! unixtime_milliseconds_todatetime(milliseconds)
//! ```
//!
//! ## Example
//!
//! ```apl
//! unixtime_milliseconds_todatetime(1700000000123) -> 2023-11-14T22:13:20.123Z
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["unixtime_milliseconds_todatetime"],
    "unixtime_milliseconds_todatetime(milliseconds)",
    &[Takes::Number],
    Kind::Datetime,
    |rows| rows.datetimes(|row| row.integer(0)?.checked_mul(1_000_000)),
);
