//! # todatetime, datetime, date
//!
//! A datetime: of a string in RFC 3339 or a looser form of it, of a number of nanoseconds since 1970. Null
//! when it is none.
//!
//! ```apl
//! todatetime(value)
//! ```
//!
//! ## Example
//!
//! ```apl
//! todatetime("2024-01-02 03:04") -> 2024-01-02T03:04:00Z
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
