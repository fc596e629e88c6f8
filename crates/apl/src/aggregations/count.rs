//! Counting: `count()`, `countif(condition)`, `dcount(x)` and `dcountif(x, condition)`. Distinct values
//! are counted exactly, where Axiom estimates.

use super::Aggregation;
use super::measure::{condition, filtered};
use crate::bind::{Binder, Bound, Value};
use crate::functions::Call;
use crate::kind::Kind;
use datafusion::functions_aggregate::count::count_udaf;
use datafusion::logical_expr::expr::AggregateFunction;
use datafusion::logical_expr::{Expr, lit};

pub(super) const AGGREGATIONS: &[Aggregation] = &[
    Aggregation {
        name: "count",
        wire_name: "count",
        prefix: "count",
        arguments: 0..=0,
        usage: "count()",
        bind: count,
    },
    Aggregation {
        name: "countif",
        wire_name: "countif",
        prefix: "countif",
        arguments: 1..=1,
        usage: "countif(condition)",
        bind: countif,
    },
    Aggregation {
        name: "dcount",
        wire_name: "distinct",
        prefix: "dcount",
        arguments: 1..=1,
        usage: "dcount(field)",
        bind: dcount,
    },
    Aggregation {
        name: "dcountif",
        wire_name: "distinctif",
        prefix: "dcountif",
        arguments: 2..=2,
        usage: "dcountif(field, condition)",
        bind: dcount,
    },
];

fn count(binder: &mut Binder<'_, '_>, _: &Call) -> Bound<Value> {
    let rows = counting(lit(1_i64), false, None);
    Ok(Value::new(binder.collect(rows), Kind::Integer))
}

fn countif(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let condition = condition(binder, call, 0)?;
    let rows = counting(lit(1_i64), false, Some(condition));
    Ok(Value::new(binder.collect(rows), Kind::Integer))
}

fn dcount(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let (value, range) = call.argument(0);
    if value.kind.is_some_and(|kind| !kind.is_groupable()) {
        return Err(binder.error(
            range,
            format!("cannot count distinct values of {}", value.spoken()),
        ));
    }
    let condition = filtered(binder, call)?;
    let values = counting(value.expr, true, condition);
    Ok(Value::new(binder.collect(values), Kind::Integer))
}

fn counting(value: Expr, distinct: bool, condition: Option<Expr>) -> Expr {
    let function = AggregateFunction::new_udf(
        count_udaf(),
        vec![value],
        distinct,
        condition.map(Box::new),
        vec![],
        None,
    );
    Expr::AggregateFunction(function)
}
