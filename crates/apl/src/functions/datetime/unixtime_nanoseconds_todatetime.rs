//! # unixtime_nanoseconds_todatetime
//!
//! The datetime so many nanoseconds after 1970-01-01; null outside of 1677 to 2262. A fraction falls away.
//!
//! ```apl
//! unixtime_nanoseconds_todatetime(nanoseconds)
//! ```
//!
//! ## Example
//!
//! ```apl
//! unixtime_nanoseconds_todatetime(1700000000123456789) -> 2023-11-14T22:13:20.123456789Z
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["unixtime_nanoseconds_todatetime"],
    "unixtime_nanoseconds_todatetime(nanoseconds)",
    &[Takes::Number],
    Kind::Datetime,
    |rows| rows.datetimes(|row| row.integer(0)),
);
