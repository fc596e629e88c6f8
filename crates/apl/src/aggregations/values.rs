//! Values gathered as an array, for `make_set` and `make_list`.

use crate::bind::{Binder, Bound, Value, conversion};
use crate::functions::Call;
use crate::kernels::{counts, json};
use crate::kind::Kind;
use datafusion::common::ScalarValue;
use datafusion::functions_aggregate::array_agg::array_agg_udaf;
use datafusion::functions_nested::expr_fn::array_slice;
use datafusion::logical_expr::expr::AggregateFunction;
use datafusion::logical_expr::{Expr, lit};

/// Values kept when the query does not say how many: Axiom's limit of a set.
const VALUES_DEFAULT: i64 = 128;

/// Values kept at most, whatever the query says.
const VALUES_MAX: i64 = 65_536;

/// How many values are kept.
pub(super) fn most(binder: &mut Binder<'_, '_>, call: &Call, place: usize) -> Bound<i64> {
    match call.values.get(place).map(Value::constant) {
        None => Ok(VALUES_DEFAULT),
        Some(Some(ScalarValue::Int64(Some(most)))) => Ok((*most).clamp(1, VALUES_MAX)),
        Some(_) => Err(binder.error(&call.ranges[place], "expected a number of values")),
    }
}

/// All values of the rows that meet the condition.
pub(super) fn all(
    binder: &mut Binder<'_, '_>,
    call: &Call,
    condition: Option<Expr>,
) -> Bound<Expr> {
    let (value, _) = gathered(call);
    let present = value.clone().is_not_null();
    let present = match condition {
        Some(condition) => condition.and(present),
        None => present,
    };
    let function = AggregateFunction::new_udf(
        array_agg_udaf(),
        vec![value],
        false,
        Some(Box::new(present)),
        binder.order.clone(),
        None,
    );
    Ok(binder.collect(Expr::AggregateFunction(function)))
}

/// The different values of the rows that meet the condition, in their order.
pub(super) fn different(
    binder: &mut Binder<'_, '_>,
    call: &Call,
    condition: Option<Expr>,
) -> Bound<Expr> {
    let (value, kind) = gathered(call);
    let counts = binder.collect(counts::of_values(value, condition));
    Ok(counts::values(counts, &kind.arrow()))
}

/// What is gathered: maps and arrays as JSON.
fn gathered(call: &Call) -> (Expr, Kind) {
    let value = conversion::as_json(call.argument(0).0);
    let kind = value.kind.unwrap_or(Kind::Text);
    (conversion::to(kind, value), kind)
}

/// The first of the values.
pub(super) fn kept(call: &Call, values: Expr, most: i64) -> Value {
    let kept = array_slice(values, lit(1_i64), lit(most), None);
    match call.values[0].kind {
        Some(kind) if kind.is_json() => json::array_of_json(kept),
        _ => Value::new(kept, Kind::Array),
    }
}
