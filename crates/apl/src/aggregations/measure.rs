//! What aggregations of one field share: the field as something to add up or to compare, the condition of
//! those that end in `if`.

use crate::bind::{Binder, Bound, Value, as_filter, conversion};
use crate::functions::Call;
use crate::kind::Kind;
use datafusion::logical_expr::expr::AggregateFunction;
use datafusion::logical_expr::{AggregateUDF, Expr, lit};
use std::sync::Arc;

pub(super) fn extreme(
    binder: &mut Binder<'_, '_>,
    call: &Call,
    function: Arc<AggregateUDF>,
) -> Bound<Value> {
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

pub(super) fn aggregate(
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
