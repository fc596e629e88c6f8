//! # isnull
//!
//! Whether a value is null. The empty string is not.
//!
//! ```apl
//! isnull(value)
//! ```
//!
//! ## Example
//!
//! ```apl
//! isnull("") -> false
//! isnull(toint("x")) -> true
//! ```

use crate::bind::Value;
use crate::functions::Function;
use crate::kind::Kind;

pub(super) const FUNCTION: Function =
    Function::bound(&["isnull"], "isnull(value)", 1..=1, |_, call| {
        Ok(Value::new(call.argument(0).0.expr.is_null(), Kind::Boolean))
    });
