//! # now
//!
//! The time of the query, the same in every row; with an offset, so much later.
//!
//! ```apl
//! now(offset)
//! ```
//!
//! ## Example
//!
//! ```apl
//! now() -> 2026-11-22T10:00:00Z
//! now(-1h) -> 2026-11-22T09:00:00Z
//! ```

use crate::functions::Function;

pub(super) const FUNCTION: Function =
    Function::bound(&["now"], "now(offset)", 0..=1, |binder, call| {
        let offset = match call.values.is_empty() {
            true => 0,
            false => super::constant_timespan(binder, call)?,
        };
        Ok(super::constant(
            binder.context.now_nanos.saturating_add(offset),
        ))
    });
