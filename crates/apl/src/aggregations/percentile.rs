//! `percentile(x, 95)`: exact, between the two nearest values when it falls between them, where Axiom
//! estimates. The result has the kind of `x`; integers and timespans are rounded to the nearest.
//!
//! The values of a group are gathered once, whatever number of percentiles is asked of them.
//! DataFusion's own `percentile_cont` cuts its fractions off after six digits.

use super::Aggregation;
use super::measure::{filtered, quantity};
use crate::bind::{Binder, Bound, Value, conversion};
use crate::functions::Call;
use crate::kernels::percentile;
use crate::kind::Kind;
use datafusion::common::ScalarValue;
use datafusion::functions_aggregate::array_agg::array_agg_udaf;
use datafusion::logical_expr::Expr;
use datafusion::logical_expr::expr::{AggregateFunction, NullTreatment};

pub(super) const AGGREGATIONS: &[Aggregation] = &[
    Aggregation {
        name: "percentile",
        wire_name: "percentiles",
        prefix: "percentile",
        arguments: 2..=2,
        usage: "percentile(field, percent)",
        bind: percentile,
    },
    Aggregation {
        name: "percentileif",
        wire_name: "percentilesif",
        prefix: "percentile",
        arguments: 3..=3,
        usage: "percentileif(field, percent, condition)",
        bind: percentile,
    },
];

fn percentile(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let value = quantity(binder, call)?;
    let kind = value.kind.unwrap_or(Kind::Float);
    let rank = rank(binder, call)?;
    let condition = filtered(binder, call)?.map(Box::new);
    let carrier = if kind == Kind::Float {
        Kind::Float
    } else {
        Kind::Integer
    };
    let arguments = vec![conversion::to(carrier, value)];
    let present = Some(NullTreatment::IgnoreNulls);
    let function = AggregateFunction::new_udf(
        array_agg_udaf(),
        arguments,
        false,
        condition,
        vec![],
        present,
    );
    let values = binder.collect(Expr::AggregateFunction(function));
    let found = match carrier {
        Kind::Float => percentile::of_floats(values, rank),
        _ => percentile::of_integers(values, rank),
    };
    Ok(Value::new(
        conversion::to(kind, Value::new(found, carrier)),
        kind,
    ))
}

/// The second argument, a percentage, as a share.
fn rank(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<f64> {
    let (value, range) = call.argument(1);
    let percent = match value.constant() {
        Some(ScalarValue::Int64(Some(percent))) => Some(*percent as f64),
        Some(ScalarValue::Float64(Some(percent))) => Some(*percent),
        _ => None,
    };
    match percent.filter(|percent| (0.0..=100.0).contains(percent)) {
        Some(percent) => Ok(percent / 100.0),
        None => Err(binder.error(range, "expected a percentage from 0 to 100, as a number")),
    }
}
