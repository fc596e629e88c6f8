//! # toint, tolong, int, long
//!
//! A whole number. A string must be a decimal integer; of a float the fraction falls away; a timespan or a
//! datetime is its nanoseconds. Null when it is none.
//!
//! ```apl
//! toint(value)
//! ```
//!
//! ## Example
//!
//! ```apl
//! toint("42") -> 42
//! toint(4.9) -> 4
//! toint("4.2") -> null
//! toint(1ms) -> 1000000
//! ```

use crate::functions::Function;
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::bound(
    &["toint", "tolong", "int", "long"],
    "toint(value)",
    1..=1,
    |binder, call| super::converted(binder, call, Kind::Integer),
);
