//! `percentile(x, 95)`: between the two nearest values when it falls between them. Exact in a group of up
//! to 256 values, within 1 % above, where Axiom estimates always. The result has the kind of `x`;
//! integers and timespans are rounded to the nearest.
//!
//! The values of a group are summarized once, whatever number of percentiles is asked of them.

use super::Aggregation;
use super::measure::{filtered, quantity};
use crate::bind::{Binder, Bound, Value, conversion};
use crate::functions::Call;
use crate::kernels::percentile;
use crate::kind::Kind;
use datafusion::common::ScalarValue;

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
    let condition = filtered(binder, call)?;
    let carrier = if kind == Kind::Float {
        Kind::Float
    } else {
        Kind::Integer
    };
    let summary = percentile::summary(conversion::to(carrier, value), condition);
    let summary = binder.collect(summary);
    let found = match carrier {
        Kind::Float => percentile::of_floats(summary, rank),
        _ => percentile::of_integers(summary, rank),
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
