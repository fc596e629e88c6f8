//! # abs
//!
//! The size of a number or a timespan, without its sign.
//!
//! ```apl
//! abs(number)
//! ```
//!
//! ## Example
//!
//! ```apl
//! abs(-5) -> 5
//! abs(-1.5) -> 1.5
//! abs(-3s) -> 3s
//! ```

use crate::bind::{Binder, Bound, Value, conversion};
use crate::functions::{Call, Function};
use crate::kernels::number;
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::bound(&["abs"], "abs(number)", 1..=1, abs);

fn abs(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let value = call.argument(0).0;
    if value.kind == Some(Kind::Timespan) {
        let size = number::abs_integer(conversion::to(Kind::Integer, value));
        let span = conversion::to(Kind::Timespan, Value::new(size, Kind::Integer));
        return Ok(Value::new(span, Kind::Timespan));
    }
    let value = super::super::rounding::number_argument(binder, call)?;
    Ok(match value.kind {
        Some(Kind::Integer) => Value::new(number::abs_integer(value.expr), Kind::Integer),
        _ => Value::new(number::abs_float(value.expr), Kind::Float),
    })
}
