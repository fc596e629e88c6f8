//! # isint
//!
//! Whether a value is a number without a fraction.
//!
//! ```apl
//! isint(value)
//! ```
//!
//! ## Example
//!
//! ```apl
//! isint(42) -> true
//! isint(4.2) -> false
//! isint("42") -> false
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["isint"],
    "isint(value)",
    &[Takes::Any],
    Kind::Boolean,
    |rows| {
        rows.booleans(|row| {
            let number = row.json(0).as_f64();
            Some(number.is_some_and(|number| number.fract() == 0.0))
        })
    },
);
