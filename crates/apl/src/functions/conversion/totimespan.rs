//! # totimespan, timespan, time
//!
//! A timespan: of a string such as `1h30m`, of a number of nanoseconds. Null when it is none.
//!
//! ```apl
//! totimespan(value)
//! ```
//!
//! ## Example
//!
//! ```apl
//! totimespan("1h30m") -> 1h30m0s
//! totimespan(1500000) -> 1.5ms
//! totimespan("long") -> null
//! ```

use crate::functions::Function;
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::bound(
    &["totimespan", "timespan", "time"],
    "totimespan(value)",
    1..=1,
    |binder, call| super::converted(binder, call, Kind::Timespan),
);
