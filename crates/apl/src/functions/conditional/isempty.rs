//! # isempty
//!
//! Whether a value is null or the empty string.
//!
//! ```apl
//! isempty(value)
//! ```
//!
//! ## Example
//!
//! ```apl
//! isempty("") -> true
//! isempty(dynamic(null)) -> true
//! isempty(0) -> false
//! ```

use crate::bind::Value;
use crate::functions::Function;
use crate::kind::Kind;

pub(super) const FUNCTION: Function =
    Function::bound(&["isempty"], "isempty(value)", 1..=1, |_, call| {
        Ok(Value::new(
            super::emptiness(call.argument(0).0),
            Kind::Boolean,
        ))
    });
