//! # tolower
//!
//! A text in small letters.
//!
//! ```apl
//! tolower(text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! tolower("ÄB") -> äb
//! ```

use crate::bind::Value;
use crate::functions::{Function, Takes};
use crate::kernels::text;
use crate::kind::Kind;

pub(super) const FUNCTION: Function =
    Function::bound(&["tolower"], "tolower(text)", 1..=1, |binder, call| {
        Ok(Value::new(
            text::lower(Takes::Text.bind(binder, call, 0)?),
            Kind::Text,
        ))
    })
    .making_texts();
