//! # ceiling
//!
//! The smallest integer at or above a number.
//!
//! ```apl
//! ceiling(number)
//! ```
//!
//! ## Example
//!
//! ```apl
//! ceiling(1.2) -> 2
//! ceiling(-1.7) -> -1
//! ```

use crate::bind::{Binder, Bound, Value, conversion};
use crate::functions::{Call, Function};
use crate::kernels::number;
use crate::kind::Kind;

pub(super) const FUNCTION: Function =
    Function::bound(&["ceiling"], "ceiling(number)", 1..=1, ceiling);

fn ceiling(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let value = super::number_argument(binder, call)?;
    let up = number::ceiling(conversion::to(Kind::Float, value));
    Ok(Value::new(
        conversion::to(Kind::Integer, Value::new(up, Kind::Float)),
        Kind::Integer,
    ))
}
