//! # floor
//!
//! The largest integer at or below a number.
//!
//! ```apl
//! floor(number)
//! ```
//!
//! ## Example
//!
//! ```apl
//! floor(1.7) -> 1
//! floor(-1.2) -> -2
//! ```

use crate::bind::{Binder, Bound, Value, conversion};
use crate::functions::{Call, Function};
use crate::kernels::number;
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::bound(&["floor"], "floor(number)", 1..=1, floor);

fn floor(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let value = super::number_argument(binder, call)?;
    let down = number::floor(conversion::to(Kind::Float, value));
    Ok(Value::new(
        conversion::to(Kind::Integer, Value::new(down, Kind::Float)),
        Kind::Integer,
    ))
}
