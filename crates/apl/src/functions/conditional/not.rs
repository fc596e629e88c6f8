//! # not
//!
//! True becomes false, and false true.
//!
//! ```apl
//! not(condition)
//! ```
//!
//! ## Example
//!
//! ```apl
//! not(1 > 2) -> true
//! not(true) -> false
//! ```

use crate::bind::Value;
use crate::functions::Function;
use crate::kind::Kind;

pub(super) const FUNCTION: Function =
    Function::bound(&["not"], "not(condition)", 1..=1, |binder, call| {
        Ok(Value::new(
            !super::condition(binder, call, 0)?,
            Kind::Boolean,
        ))
    });
