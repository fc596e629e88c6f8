//! # ago
//!
//! The time of the query less a timespan.
//!
//! ```apl
//! ago(timespan)
//! ```
//!
//! ## Example
//!
//! ```apl
//! ago(1h) -> 2026-11-22T09:00:00Z
//! ago(1d) -> 2026-11-21T10:00:00Z
//! ```

use crate::functions::Function;

pub(super) const FUNCTION: Function =
    Function::bound(&["ago"], "ago(timespan)", 1..=1, |binder, call| {
        let back = super::constant_timespan(binder, call)?;
        Ok(super::constant(
            binder.context.now_nanos.saturating_sub(back),
        ))
    });
