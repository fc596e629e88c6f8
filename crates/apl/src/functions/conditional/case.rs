//! # case
//!
//! The value after the first condition that is true; the last value when none is.
//!
//! ```apl
//! case(condition, then, condition, then, …, else)
//! ```
//!
//! ## Example
//!
//! ```apl
//! case(1 > 2, "a", 2 > 1, "b", "c") -> b
//! case(false, 1, 2) -> 2
//! ```

use crate::functions::Function;

pub(super) const FUNCTION: Function = Function::bound(
    &["case"],
    "case(condition, then, condition, then, …, else)",
    3..=255,
    super::cased,
);
