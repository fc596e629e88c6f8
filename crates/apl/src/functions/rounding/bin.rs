//! # bin
//!
//! The bin that a number, a timespan or a datetime falls into: the multiple of the size at or below it. In
//! `summarize … by` a bin of datetimes makes a time series.
//!
//! ```apl
//! bin(value, size)
//! ```
//!
//! ## Example
//!
//! ```apl
//! bin(17, 5) -> 15
//! bin(1.7, 0.5) -> 1.5
//! bin(datetime(2024-01-02T03:04:05Z), 1h) -> 2024-01-02T03:00:00Z
//! bin(95s, 1m) -> 1m0s
//! ```

use crate::bind::{Binder, Bound, Value, conversion};
use crate::functions::{Call, Function};
use crate::kind::Kind;
use datafusion::common::ScalarValue;
use datafusion::logical_expr::Expr;

pub(super) const FUNCTION: Function = Function::bound(&["bin"], "bin(value, size)", 2..=2, bin);

fn bin(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let (value, value_range) = call.argument(0);
    let (size, size_range) = call.argument(1);
    if size
        .kind
        .is_some_and(|kind| !kind.is_number() && kind != Kind::Timespan)
    {
        let message = format!(
            "expected a bin size such as 1m or 10, found {}",
            size.spoken()
        );
        return Err(binder.error(size_range, message));
    }
    if size.kind == Some(Kind::Timespan) && size.constant().is_some() && nanos(&size).is_none() {
        return Err(binder.error(size_range, "expected a bin size above zero, such as 1m"));
    }
    let (Some(kind), Some(size_kind)) = (value.kind, size.kind) else {
        return Ok(Value::null());
    };
    let carrier = match (kind, size_kind) {
        (Kind::Datetime, _) => {
            binder.time_bin_nanos = nanos(&size);
            Kind::Integer
        }
        (Kind::Timespan, _) | (Kind::Integer, Kind::Integer) => Kind::Integer,
        (Kind::Integer | Kind::Float | Kind::Text, Kind::Integer | Kind::Float) => Kind::Float,
        _ => {
            let message = format!(
                "cannot put {} into bins of {}",
                value.spoken(),
                size.spoken()
            );
            return Err(binder.error(value_range, message));
        }
    };
    let value = conversion::to(carrier, value);
    let size = conversion::to(carrier, size);
    let result = match kind {
        Kind::Datetime | Kind::Timespan => kind,
        _ => carrier,
    };
    Ok(super::binned(value, size, carrier, result))
}

/// The nanoseconds of a constant size above zero.
fn nanos(size: &Value) -> Option<i64> {
    match conversion::to(Kind::Integer, size.clone()) {
        Expr::Literal(ScalarValue::Int64(nanos), _) => nanos.filter(|nanos| *nanos > 0),
        _ => None,
    }
}
