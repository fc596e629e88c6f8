//! # todouble, toreal, double, real
//!
//! A float; null when it is none.
//!
//! ```apl
//! todouble(value)
//! ```
//!
//! ## Example
//!
//! ```apl
//! todouble("1.5") -> 1.5
//! todouble(2) -> 2.0
//! todouble("x") -> null
//! ```

use crate::functions::Function;
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::bound(
    &["todouble", "toreal", "double", "real"],
    "todouble(value)",
    1..=1,
    |binder, call| super::converted(binder, call, Kind::Float),
);
