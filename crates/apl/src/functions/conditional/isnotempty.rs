//! # isnotempty, notempty
//!
//! Whether a value is neither null nor the empty string.
//!
//! ```apl
//! isnotempty(value)
//! ```
//!
//! ## Example
//!
//! ```apl
//! isnotempty("x") -> true
//! isnotempty("") -> false
//! ```

use crate::bind::Value;
use crate::functions::Function;
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::bound(
    &["isnotempty", "notempty"],
    "isnotempty(value)",
    1..=1,
    |_, call| {
        Ok(Value::new(
            !super::emptiness(call.argument(0).0),
            Kind::Boolean,
        ))
    },
);
