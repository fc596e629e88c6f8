//! Values themselves: `make_set(x, max)` the different ones in order, `make_list(x, max)` all of them
//! in the order of a `sort` before,
//! `arg_min(by, x)` and `arg_max(by, x)` that of the row where `by` is smallest or largest.

use super::Aggregation;
use crate::bind::{Binder, Bound, Value, conversion};
use crate::functions::Call;
use crate::kernels::json;
use crate::kind::Kind;
use datafusion::common::ScalarValue;
use datafusion::functions_aggregate::array_agg::array_agg_udaf;
use datafusion::functions_aggregate::first_last::first_value_udaf;
use datafusion::functions_nested::expr_fn::{array_slice, array_sort};
use datafusion::logical_expr::expr::AggregateFunction;
use datafusion::logical_expr::{Expr, lit};

/// Values kept when the query does not say how many: Axiom's limit of a set.
const VALUES_DEFAULT: i64 = 128;

/// Values kept at most, whatever the query says.
const VALUES_MAX: i64 = 65_536;

pub(super) const AGGREGATIONS: &[Aggregation] = &[
    Aggregation {
        name: "make_set",
        wire_name: "makeset",
        prefix: "set",
        arguments: 1..=2,
        usage: "make_set(field) or make_set(field, max)",
        bind: make_set,
    },
    Aggregation {
        name: "make_list",
        wire_name: "makelist",
        prefix: "list",
        arguments: 1..=2,
        usage: "make_list(field) or make_list(field, max)",
        bind: make_list,
    },
    Aggregation {
        name: "arg_min",
        wire_name: "argmin",
        prefix: "",
        arguments: 2..=2,
        usage: "arg_min(by, field)",
        bind: arg_min,
    },
    Aggregation {
        name: "arg_max",
        wire_name: "argmax",
        prefix: "",
        arguments: 2..=2,
        usage: "arg_max(by, field)",
        bind: arg_max,
    },
];

fn make_set(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let values = gathered(binder, call, true)?;
    let ordered = array_sort(values, lit("ASC"), lit("NULLS LAST"));
    first_values(binder, call, ordered)
}

fn make_list(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let values = gathered(binder, call, false)?;
    first_values(binder, call, values)
}

fn gathered(binder: &mut Binder<'_, '_>, call: &Call, distinct: bool) -> Bound<Expr> {
    let value = scalar(binder, call, 0)?;
    let present = Some(Box::new(value.clone().is_not_null()));
    // A set is put in order afterwards.
    let order = if distinct {
        Vec::new()
    } else {
        binder.order.clone()
    };
    let function = AggregateFunction::new_udf(
        array_agg_udaf(),
        vec![value],
        distinct,
        present,
        order,
        None,
    );
    Ok(binder.collect(Expr::AggregateFunction(function)))
}

fn first_values(binder: &mut Binder<'_, '_>, call: &Call, values: Expr) -> Bound<Value> {
    let most = match call.values.get(1).map(Value::constant) {
        None => VALUES_DEFAULT,
        Some(Some(ScalarValue::Int64(Some(most)))) => (*most).clamp(1, VALUES_MAX),
        Some(_) => return Err(binder.error(&call.ranges[1], "expected a number of values")),
    };
    let kept = array_slice(values, lit(1_i64), lit(most), None);
    Ok(match call.values[0].kind {
        Some(Kind::Dynamic) => json::array_of_json(kept),
        _ => Value::new(kept, Kind::Array),
    })
}

fn arg_min(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    of_row(binder, call, true)
}

fn arg_max(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    of_row(binder, call, false)
}

fn of_row(binder: &mut Binder<'_, '_>, call: &Call, ascending: bool) -> Bound<Value> {
    let by = scalar(binder, call, 0)?;
    let value = scalar(binder, call, 1)?;
    let kind = call.values[1].kind.unwrap_or(Kind::Text);
    let present = Some(Box::new(by.clone().is_not_null()));
    let order = vec![by.sort(ascending, false)];
    let function =
        AggregateFunction::new_udf(first_value_udaf(), vec![value], false, present, order, None);
    Ok(Value::new(
        binder.collect(Expr::AggregateFunction(function)),
        kind,
    ))
}

fn scalar(binder: &mut Binder<'_, '_>, call: &Call, place: usize) -> Bound<Expr> {
    let (value, range) = call.argument(place);
    let kind = value.kind.unwrap_or(Kind::Text);
    if !kind.is_groupable() {
        return Err(binder.error(range, format!("expected a scalar, found {}", kind.spoken())));
    }
    Ok(conversion::to(kind, value))
}
