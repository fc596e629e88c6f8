//! # coalesce
//!
//! The first value that is not null; of strings, the first that is not empty.
//!
//! ```apl
//! coalesce(a, b, …)
//! ```
//!
//! ## Example
//!
//! ```apl
//! coalesce(null, "x") -> x
//! coalesce("", "x", "y") -> x
//! coalesce(dynamic(null), 2, 3.5) -> 2.0
//! ```

use crate::bind::Value;
use crate::functions::Function;
use crate::kernels::choice;
use crate::kernels::text;
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::bound(
    &["coalesce"],
    "coalesce(a, b, …)",
    1..=255,
    |binder, call| {
        let places: Vec<usize> = (0..call.values.len()).collect();
        let Some(kind) = super::one_kind(binder, call, &places)? else {
            return Ok(Value::null());
        };
        let last = places.len() - 1;
        let value = |place| match super::as_kind(call, place, Some(kind)) {
            text if kind == Kind::Text && place < last => text::present(text),
            value => value,
        };
        let values = places.into_iter().map(value).collect();
        Ok(Value::new(choice::coalesce(kind.arrow(), values), kind))
    },
);
