//! # percentile, percentileif
//!
//! The value below which so many percent of a field lie: between the two nearest values when it falls between
//! them. Exact in a group of up to 256 values, within 1 % above, where Axiom estimates always. It has the
//! kind of the field; integers and timespans are rounded to the nearest. The values of a group are summarized
//! once, whatever number of percentiles is asked of them.
//!
//! ```apl
//! percentile(field, percent)
//! percentileif(field, percent, condition)
//! ```
//!
//! ## Example
//!
//! ```apl
//! traces | summarize percentile(duration, 50), percentileif(duration, 50, error)
//! ```
//!
//! | percentile_duration_50 | percentile_duration_501 |
//! |---|---|
//! | 13.9ms | 650ms |

use super::measure::{filtered, quantity};
use super::{Aggregation, Bind};
use crate::bind::{Binder, Bound, Value, conversion};
use crate::functions::Call;
use crate::kernels::percentile;
use crate::kind::Kind;
use datafusion::common::ScalarValue;
use datafusion::logical_expr::Expr;
use std::ops::Range;

pub(super) const AGGREGATIONS: &[Aggregation] = &[
    Aggregation {
        name: "percentile",
        wire_name: "percentiles",
        prefix: "percentile",
        arguments: 2..=2,
        usage: "percentile(field, percent)",
        bind: Bind::One(percentile),
    },
    Aggregation {
        name: "percentileif",
        wire_name: "percentilesif",
        prefix: "percentile",
        arguments: 3..=3,
        usage: "percentileif(field, percent, condition)",
        bind: Bind::One(percentile),
    },
];

fn percentile(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let value = quantity(binder, call)?;
    let rank = rank(binder, &call.values[1], &call.ranges[1])?;
    let condition = filtered(binder, call)?;
    let summary = Summary::of(binder, value, condition);
    Ok(Value::new(summary.percentile(rank), summary.kind))
}

/// A summary of values, and the kind of its percentiles.
pub(super) struct Summary {
    expr: Expr,
    pub(super) kind: Kind,
}

impl Summary {
    pub(super) fn of(binder: &mut Binder<'_, '_>, value: Value, condition: Option<Expr>) -> Self {
        let kind = value.kind.unwrap_or(Kind::Float);
        let summary = percentile::summary(conversion::to(carrier(kind), value), condition);
        Self {
            expr: binder.collect(summary),
            kind,
        }
    }

    pub(super) fn percentile(&self, rank: f64) -> Expr {
        let (summary, carrier) = (self.expr.clone(), carrier(self.kind));
        let found = match carrier {
            Kind::Float => percentile::of_floats(summary, rank),
            _ => percentile::of_integers(summary, rank),
        };
        conversion::to(self.kind, Value::new(found, carrier))
    }
}

/// The kind in which values are summarized.
fn carrier(kind: Kind) -> Kind {
    match kind {
        Kind::Float => Kind::Float,
        _ => Kind::Integer,
    }
}

/// A percentage as a share.
pub(super) fn rank(binder: &mut Binder<'_, '_>, value: &Value, range: &Range<usize>) -> Bound<f64> {
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
