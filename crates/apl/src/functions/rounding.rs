//! Rounding: `bin(value, size)` and `bin_auto(_time)` to bins, `round`, `floor`, `ceiling`, `abs`.

use super::{Call, Function};
use crate::bind::{Binder, Bound, Value, conversion};
use crate::kernels::number;
use crate::kind::Kind;
use crate::timespan::{DAY, HOUR, MINUTE, SECOND};
use datafusion::common::ScalarValue;
use datafusion::logical_expr::{Expr, lit};

pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        name: "bin",
        arguments: 2..=2,
        usage: "bin(value, size)",
        bind: bin,
    },
    Function {
        name: "bin_auto",
        arguments: 1..=1,
        usage: "bin_auto(_time)",
        bind: bin_auto,
    },
    Function {
        name: "round",
        arguments: 1..=2,
        usage: "round(number, digits)",
        bind: round,
    },
    Function {
        name: "floor",
        arguments: 1..=1,
        usage: "floor(number)",
        bind: floor,
    },
    Function {
        name: "ceiling",
        arguments: 1..=1,
        usage: "ceiling(number)",
        bind: ceiling,
    },
    Function {
        name: "abs",
        arguments: 1..=1,
        usage: "abs(number)",
        bind: abs,
    },
];

/// Bin sizes that people read easily.
const AUTO_SIZES: &[i64] = &[
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    7 * DAY,
];

/// The most bins that `bin_auto` makes of the range asked for, as long as weeks suffice.
const AUTO_BINS_MAX: i64 = 60;

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
    let (Some(kind), Some(size_kind)) = (value.kind, size.kind) else {
        return Ok(Value::null());
    };
    let carrier = match (kind, size_kind) {
        (Kind::Datetime, _) => {
            binder.time_bin_nanos = constant_nanos(&size);
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
    Ok(binned(value, size, carrier, result))
}

fn bin_auto(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let (value, range) = call.argument(0);
    if value.kind != Some(Kind::Datetime) {
        let message = format!(
            "expected a datetime such as _time, found {}",
            value.spoken()
        );
        return Err(binder.error(range, message));
    }
    let size = auto_size(binder);
    binder.time_bin_nanos = Some(size);
    Ok(binned(
        conversion::to(Kind::Integer, value),
        lit(size),
        Kind::Integer,
        Kind::Datetime,
    ))
}

/// The smallest size that cuts the range asked for into few enough bins; hours when it has no start.
fn auto_size(binder: &Binder<'_, '_>) -> i64 {
    let end = binder.context.end_nanos.unwrap_or(binder.context.now_nanos);
    let Some(start) = binder.context.start_nanos else {
        return HOUR;
    };
    let span = end.saturating_sub(start);
    let fits = |size: &&i64| span / **size <= AUTO_BINS_MAX;
    AUTO_SIZES.iter().find(fits).copied().unwrap_or(7 * DAY)
}

fn binned(value: Expr, size: Expr, carrier: Kind, result: Kind) -> Value {
    let bins = match carrier {
        Kind::Integer => number::bin_integer(value, size),
        _ => number::bin_float(value, size),
    };
    Value::new(conversion::to(result, Value::new(bins, carrier)), result)
}

fn constant_nanos(size: &Value) -> Option<i64> {
    match conversion::to(Kind::Integer, size.clone()) {
        Expr::Literal(ScalarValue::Int64(nanos), _) => nanos.filter(|nanos| *nanos > 0),
        _ => None,
    }
}

fn round(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let digits = match call.values.get(1) {
        None => lit(0_i64),
        Some(digits) if digits.kind == Some(Kind::Integer) => digits.expr.clone(),
        Some(digits) => {
            let message = format!("expected a number of digits, found {}", digits.spoken());
            return Err(binder.error(&call.ranges[1], message));
        }
    };
    let value = number_argument(binder, call)?;
    Ok(Value::new(
        number::round(conversion::to(Kind::Float, value), digits),
        Kind::Float,
    ))
}

fn floor(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let value = number_argument(binder, call)?;
    let down = number::floor(conversion::to(Kind::Float, value));
    Ok(Value::new(
        conversion::to(Kind::Integer, Value::new(down, Kind::Float)),
        Kind::Integer,
    ))
}

fn ceiling(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let value = number_argument(binder, call)?;
    let up = number::ceiling(conversion::to(Kind::Float, value));
    Ok(Value::new(
        conversion::to(Kind::Integer, Value::new(up, Kind::Float)),
        Kind::Integer,
    ))
}

fn abs(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let value = call.argument(0).0;
    if value.kind == Some(Kind::Timespan) {
        let size = number::abs_integer(conversion::to(Kind::Integer, value));
        let span = conversion::to(Kind::Timespan, Value::new(size, Kind::Integer));
        return Ok(Value::new(span, Kind::Timespan));
    }
    let value = number_argument(binder, call)?;
    Ok(match value.kind {
        Some(Kind::Integer) => Value::new(number::abs_integer(value.expr), Kind::Integer),
        _ => Value::new(number::abs_float(value.expr), Kind::Float),
    })
}

/// The first argument as a number; a text is read as one.
fn number_argument(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
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
