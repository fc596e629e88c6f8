//! # substring
//!
//! The letters from a place on, the first being 0; with a length, so many.
//!
//! ```apl
//! substring(text, start, length)
//! ```
//!
//! ## Example
//!
//! ```apl
//! substring("abcdef", 2) -> cdef
//! substring("äöüß", 1, 2) -> öü
//! substring("abc", 5) -> ""
//! ```

use crate::bind::Value;
use crate::functions::{Function, Takes};
use crate::kernels::text;
use crate::kind::Kind;
use datafusion::logical_expr::lit;

pub(super) const FUNCTION: Function = Function::bound(
    &["substring"],
    "substring(text, start, length)",
    2..=3,
    |binder, call| {
        let source = Takes::Text.bind(binder, call, 0)?;
        let start = Takes::Integer.bind(binder, call, 1)?;
        let length = match call.values.len() {
            2 => lit(i64::MAX),
            _ => Takes::Integer.bind(binder, call, 2)?,
        };
        Ok(Value::new(
            text::substring(source, start, length),
            Kind::Text,
        ))
    },
)
.making_texts();
