//! Measures of a field: `sum`, `avg`, `min`, `max`, and `sumif(x, condition)` and its kin. Those of a
//! timespan are timespans. A text is summed and averaged as a number, but compared as text.

use super::Aggregation;
use crate::bind::{Binder, Bound, Value, as_filter, conversion};
use crate::functions::Call;
use crate::kind::Kind;
use datafusion::functions_aggregate::average::avg_udaf;
use datafusion::functions_aggregate::min_max::{max_udaf, min_udaf};
use datafusion::functions_aggregate::sum::sum_udaf;
use datafusion::logical_expr::expr::AggregateFunction;
use datafusion::logical_expr::{AggregateUDF, Expr, lit};
use std::sync::Arc;

/// `name(field)` and `nameif(field, condition)`.
macro_rules! measures {
    ($($name:literal, $conditional:literal => $bind:ident;)*) => {
        pub(super) const AGGREGATIONS: &[Aggregation] = &[$(
            Aggregation {
                name: $name, wire_name: $name, prefix: $name, arguments: 1..=1,
                usage: concat!($name, "(field)"), bind: $bind,
            },
            Aggregation {
                name: $conditional, wire_name: $conditional, prefix: $conditional, arguments: 2..=2,
                usage: concat!($conditional, "(field, condition)"), bind: $bind,
            },
        )*];
    };
}

measures! {
    "sum", "sumif" => sum;
    "avg", "avgif" => avg;
    "min", "minif" => min;
    "max", "maxif" => max;
}

fn sum(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let value = quantity(binder, call)?;
    let kind = value.kind.unwrap_or(Kind::Integer);
    aggregate(binder, call, sum_udaf(), conversion::to(kind, value), kind)
}

fn avg(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let value = quantity(binder, call)?;
    let kind = if value.kind == Some(Kind::Timespan) {
        Kind::Timespan
    } else {
        Kind::Float
    };
    aggregate(binder, call, avg_udaf(), conversion::to(kind, value), kind)
}

fn min(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    extreme(binder, call, min_udaf())
}

fn max(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    extreme(binder, call, max_udaf())
}

fn extreme(binder: &mut Binder<'_, '_>, call: &Call, function: Arc<AggregateUDF>) -> Bound<Value> {
    let (value, range) = call.argument(0);
    let kind = value.kind.unwrap_or(Kind::Text);
    if !kind.is_scalar() {
        return Err(binder.error(
            range,
            format!(
                "{} cannot compare {}; convert it, as by todouble(…)",
                call.name,
                kind.spoken()
            ),
        ));
    }
    aggregate(binder, call, function, conversion::to(kind, value), kind)
}

fn aggregate(
    binder: &mut Binder<'_, '_>,
    call: &Call,
    function: Arc<AggregateUDF>,
    value: Expr,
    kind: Kind,
) -> Bound<Value> {
    let condition = filtered(binder, call)?.map(Box::new);
    let function =
        AggregateFunction::new_udf(function, vec![value], false, condition, vec![], None);
    Ok(Value::new(
        binder.collect(Expr::AggregateFunction(function)),
        kind,
    ))
}

/// The first argument as something to add up: a number or a timespan.
pub(super) fn quantity(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let (value, range) = call.argument(0);
    match value.kind {
        None | Some(Kind::Integer | Kind::Float | Kind::Timespan) => Ok(value),
        Some(Kind::Text | Kind::Dynamic) => {
            Ok(Value::new(conversion::to(Kind::Float, value), Kind::Float))
        }
        Some(kind) => {
            let message = format!(
                "expected a number or a timespan in {}, found {}",
                call.name,
                kind.spoken()
            );
            Err(binder.error(range, message))
        }
    }
}

/// The condition of an `…if` aggregation, its last argument.
pub(super) fn filtered(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Option<Expr>> {
    if !call.name.ends_with("if") {
        return Ok(None);
    }
    condition(binder, call, call.values.len() - 1).map(Some)
}

pub(super) fn condition(binder: &mut Binder<'_, '_>, call: &Call, place: usize) -> Bound<Expr> {
    let (value, range) = call.argument(place);
    match value.kind {
        Some(Kind::Boolean) => Ok(as_filter(value.expr)),
        Some(Kind::Dynamic) => Ok(conversion::to(Kind::Boolean, value)),
        None => Ok(lit(false)),
        Some(kind) => {
            let message = format!(
                "expected a condition (true or false), found {}",
                kind.spoken()
            );
            Err(binder.error(range, message))
        }
    }
}
