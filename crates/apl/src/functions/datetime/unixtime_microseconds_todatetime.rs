//! # unixtime_microseconds_todatetime
//!
//! The datetime so many microseconds after 1970-01-01; null outside of 1677 to 2262. A fraction falls away.
//!
//! ```apl
//! unixtime_microseconds_todatetime(microseconds)
//! ```
//!
//! ## Example
//!
//! ```apl
//! unixtime_microseconds_todatetime(1700000000123456) -> 2023-11-14T22:13:20.123456Z
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["unixtime_microseconds_todatetime"],
    "unixtime_microseconds_todatetime(microseconds)",
    &[Takes::Number],
    Kind::Datetime,
    |rows| rows.datetimes(|row| row.integer(0)?.checked_mul(1_000)),
);
