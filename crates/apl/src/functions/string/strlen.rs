//! # strlen
//!
//! How many letters a text has.
//!
//! ```apl
//! strlen(text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! strlen("äöü") -> 3
//! strlen("") -> 0
//! ```

use crate::bind::Value;
use crate::functions::{Function, Takes};
use crate::kernels::text;
use crate::kind::Kind;

pub(super) const FUNCTION: Function =
    Function::bound(&["strlen"], "strlen(text)", 1..=1, |binder, call| {
        Ok(Value::new(
            text::length(Takes::Text.bind(binder, call, 0)?),
            Kind::Integer,
        ))
    });
