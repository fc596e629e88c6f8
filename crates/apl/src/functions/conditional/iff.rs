//! # iff, iif
//!
//! One of two values, by a condition. A condition that is null counts as false.
//!
//! ```apl
//! iff(condition, then, else)
//! ```
//!
//! ## Example
//!
//! ```apl
//! iff(1 < 2, "y", "n") -> y
//! iff(false, 1, 2.5) -> 2.5
//! iff(true, dynamic(null), 1) -> null
//! ```

use crate::functions::Function;

pub(super) const FUNCTION: Function = Function::bound(
    &["iff", "iif"],
    "iff(condition, then, else)",
    3..=3,
    super::cased,
);
