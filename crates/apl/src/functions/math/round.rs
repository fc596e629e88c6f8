//! # round
//!
//! A number rounded to so many digits after the point, none unless told; halves go away from zero.
//!
//! ```apl
//! round(number, digits)
//! ```
//!
//! ## Example
//!
//! ```apl
//! round(2.567, 1) -> 2.6
//! round(2.5) -> 3.0
//! round(-1234.5, -2) -> -1200.0
//! ```

use crate::bind::{Binder, Bound, Value, conversion};
use crate::functions::{Call, Function};
use crate::kernels::number;
use crate::kind::Kind;
use datafusion::logical_expr::lit;

pub(super) const FUNCTION: Function =
    Function::bound(&["round"], "round(number, digits)", 1..=2, round);

fn round(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let digits = match call.values.get(1) {
        None => lit(0_i64),
        Some(digits) if digits.kind == Some(Kind::Integer) => digits.expr.clone(),
        Some(digits) => {
            let message = format!("expected a number of digits, found {}", digits.spoken());
            return Err(binder.error(&call.ranges[1], message));
        }
    };
    let value = super::super::rounding::number_argument(binder, call)?;
    Ok(Value::new(
        number::round(conversion::to(Kind::Float, value), digits),
        Kind::Float,
    ))
}
