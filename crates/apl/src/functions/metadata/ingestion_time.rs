//! # ingestion_time
//!
//! When the row came in.
//!
//! ```apl
//! ingestion_time()
//! ```
//!
//! ## Example
//!
//! ```apl
//! ingestion_time() == _sysTime -> true
//! ```

use crate::functions::Function;
use model::span;

pub(super) const FUNCTION: Function = Function::bound(
    &["ingestion_time"],
    "ingestion_time()",
    0..=0,
    |binder, call| match binder.scope.resolve(span::SYS_TIME) {
        Ok(time) => Ok(time),
        Err(_) => {
            let message =
                "there is no _sysTime any more: expected ingestion_time() before it is left out";
            Err(binder.error(&call.range, message))
        }
    },
);
