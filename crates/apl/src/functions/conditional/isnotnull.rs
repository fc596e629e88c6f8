//! # isnotnull, notnull
//!
//! Whether a value is not null.
//!
//! ```apl
//! isnotnull(value)
//! ```
//!
//! ## Example
//!
//! ```apl
//! isnotnull("") -> true
//! isnotnull(dynamic(null)) -> false
//! ```

use crate::bind::Value;
use crate::functions::Function;
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::bound(
    &["isnotnull", "notnull"],
    "isnotnull(value)",
    1..=1,
    |_, call| {
        Ok(Value::new(
            call.argument(0).0.expr.is_not_null(),
            Kind::Boolean,
        ))
    },
);
