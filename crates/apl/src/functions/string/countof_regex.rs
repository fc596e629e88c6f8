//! # countof_regex
//!
//! How often a regular expression matches in a text.
//!
//! ```apl
//! countof_regex(regex, text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! countof_regex("[0-9]+", "a1b22c333") -> 3
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["countof_regex"],
    "countof_regex(regex, text)",
    &[Takes::Pattern, Takes::Text],
    Kind::Integer,
    |rows| rows.integers(|row| Some(row.pattern(0)?.find_iter(row.text(1)?).count() as i64)),
);
