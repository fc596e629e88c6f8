//! # tostring, string
//!
//! The value as a string: an array or a map as JSON, null as the empty string.
//!
//! ```apl
//! tostring(value)
//! ```
//!
//! ## Example
//!
//! ```apl
//! tostring(1.50) -> 1.5
//! tostring(80s) -> 1m20s
//! tostring(dynamic([1, "a"])) -> [1,"a"]
//! tostring(dynamic(null)) -> ""
//! ```

use crate::bind::Value;
use crate::functions::Function;
use crate::kernels::conversion::text_or_empty;
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::bound(
    &["tostring", "string"],
    "tostring(value)",
    1..=1,
    |binder, call| {
        let text = super::converted(binder, call, Kind::Text)?;
        Ok(Value::new(text_or_empty(text.expr), Kind::Text))
    },
);
