//! # todatetime, datetime, date
//!
//! A datetime: of a string, of a number of nanoseconds since 1970. Null when it is none. A string may be in RFC 3339, or
//! as people and logs write it: a month by its name, in digits before its day unless the year is first; hours to 24, or
//! to 12 with `AM` or `PM`; a zone as `+0200`, `UTC` or `GMT`, no other names. Of digits alone, 10 are seconds since 1970,
//! 13 milliseconds, 16 microseconds, 19 nanoseconds, and 4, 8 or 14 a date: `20140722105203`.
//!
//! ```apl
//! todatetime(value)
//! ```
//!
//! ## Example
//!
//! ```apl
//! todatetime("2024-01-02 03:04") -> 2024-01-02T03:04:00Z
//! todatetime("May 8, 2009 5:57:51 PM") -> 2009-05-08T17:57:51Z
//! todatetime("3/31/2014") -> 2014-03-31T00:00:00Z
//! todatetime("1332151919") -> 2012-03-19T10:11:59Z
//! todatetime(1500000000) -> 1970-01-01T00:00:01.5Z
//! todatetime("yesterday") -> null
//! ```

use crate::functions::Function;
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::bound(
    &["todatetime", "datetime", "date"],
    "todatetime(value)",
    1..=1,
    |binder, call| super::converted(binder, call, Kind::Datetime),
);
