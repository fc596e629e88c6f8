//! Bins, and whole numbers near a number.

use super::Call;
use super::Function;
use crate::bind::{Binder, Bound, Value, conversion};
use crate::kernels::number;
use crate::kind::Kind;
use datafusion::logical_expr::Expr;

/// The bin that a number, a timespan or a datetime falls into.
mod bin;
/// The bin that a datetime falls into, of the smallest round size that makes at most 60 bins of the ….
mod bin_auto;
/// The smallest integer at or above a number.
mod ceiling;
/// The largest integer at or below a number.
mod floor;

pub(super) const FUNCTIONS: &[Function] = &[
    bin::FUNCTION,
    bin_auto::FUNCTION,
    ceiling::FUNCTION,
    floor::FUNCTION,
];

fn binned(value: Expr, size: Expr, carrier: Kind, result: Kind) -> Value {
    let bins = match carrier {
        Kind::Integer => number::bin_integer(value, size),
        _ => number::bin_float(value, size),
    };
    Value::new(conversion::to(result, Value::new(bins, carrier)), result)
}

/// The first argument as a number; a text is read as one.
pub(super) fn number_argument(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let (value, range) = call.argument(0);
    match value.kind {
        Some(Kind::Integer | Kind::Float) => Ok(value),
        None | Some(Kind::Text | Kind::Dynamic) => {
            Ok(Value::new(conversion::to(Kind::Float, value), Kind::Float))
        }
        Some(kind) => {
            Err(binder.error(range, format!("expected a number, found {}", kind.spoken())))
        }
    }
}
