//! # unixtime_seconds_todatetime
//!
//! The datetime so many seconds after 1970-01-01; null outside of 1677 to 2262. A fraction falls away.
//!
//! ```apl
//! unixtime_seconds_todatetime(seconds)
//! ```
//!
//! ## Example
//!
//! ```apl
//! unixtime_seconds_todatetime(1700000000) -> 2023-11-14T22:13:20Z
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["unixtime_seconds_todatetime"],
    "unixtime_seconds_todatetime(seconds)",
    &[Takes::Number],
    Kind::Datetime,
    |rows| rows.datetimes(|row| row.integer(0)?.checked_mul(1_000_000_000)),
);
