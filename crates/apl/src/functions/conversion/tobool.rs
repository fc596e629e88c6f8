//! # tobool, toboolean, bool, boolean
//!
//! True of `1 t T true True TRUE` and of numbers that are not zero, false of `0 f F false False FALSE` and
//! zero, null of all else.
//!
//! ```apl
//! tobool(value)
//! ```
//!
//! ## Example
//!
//! ```apl
//! tobool("T") -> true
//! tobool(0) -> false
//! tobool("no") -> null
//! ```

use crate::functions::Function;
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::bound(
    &["tobool", "toboolean", "bool", "boolean"],
    "tobool(value)",
    1..=1,
    |binder, call| super::converted(binder, call, Kind::Boolean),
);
