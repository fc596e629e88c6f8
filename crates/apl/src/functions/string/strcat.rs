//! # strcat
//!
//! All texts one after the other. Other scalars are taken as their text; a null is empty.
//!
//! ```apl
//! strcat(text, text, …)
//! ```
//!
//! ## Example
//!
//! ```apl
//! strcat("a", 1, "-", 1.5, true, dynamic(null)) -> a1-1.5true
//! ```

use crate::bind::{Bound, Value};
use crate::functions::{Function, Takes};
use crate::kernels::text;
use crate::kind::Kind;
use datafusion::logical_expr::Expr;

pub(super) const FUNCTION: Function = Function::bound(
    &["strcat"],
    "strcat(text, text, …)",
    1..=64,
    |binder, call| {
        let parts: Vec<Bound<Expr>> = (0..call.values.len())
            .map(|place| Takes::Text.bind(binder, call, place))
            .collect();
        let parts = parts.into_iter().collect::<Bound<Vec<Expr>>>()?;
        Ok(Value::new(text::concatenation(parts), Kind::Text))
    },
)
.making_texts();
