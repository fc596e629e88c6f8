//! # toupper
//!
//! A text in capital letters.
//!
//! ```apl
//! toupper(text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! toupper("äß") -> ÄSS
//! ```

use crate::bind::Value;
use crate::functions::{Function, Takes};
use crate::kernels::text;
use crate::kind::Kind;

pub(super) const FUNCTION: Function =
    Function::bound(&["toupper"], "toupper(text)", 1..=1, |binder, call| {
        Ok(Value::new(
            text::upper(Takes::Text.bind(binder, call, 0)?),
            Kind::Text,
        ))
    })
    .making_texts();
