//! # rate
//!
//! The sum of a field by second: of the time bin that rows are grouped by, else of the range of time that is
//! asked for; when that has no start, of the time from the first row to the last.
//!
//! ```apl
//! rate(field)
//! ```
//!
//! ## Example
//!
//! ```apl
//! traces | extend n = 6 | summarize rate(n) by bin(_time, 1m)
//! ```
//!
//! | _time | rate_n |
//! |---|---|
//! | 2026-11-22T09:58:00Z | 0.5 |
//! | 2026-11-22T09:59:00Z | 0.5 |

use super::measure::{aggregate, quantity};
use super::{Aggregation, Bind};
use crate::bind::{Binder, Bound, Value, conversion};
use crate::functions::Call;
use crate::kernels::number;
use crate::kind::Kind;
use crate::timespan::SECOND;
use datafusion::functions_aggregate::min_max::{max_udaf, min_udaf};
use datafusion::functions_aggregate::sum::sum_udaf;
use datafusion::logical_expr::{Expr, lit};
use model::span;

pub(super) const AGGREGATIONS: &[Aggregation] = &[Aggregation {
    name: "rate",
    wire_name: "rate",
    prefix: "rate",
    arguments: 1..=1,
    usage: "rate(field)",
    bind: Bind::One(rate),
}];

fn rate(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let value = quantity(binder, call)?;
    let kind = match value.kind {
        Some(Kind::Timespan) => Kind::Timespan,
        _ => Kind::Float,
    };
    let seconds = seconds(binder, call)?;
    let total = aggregate(
        binder,
        call,
        sum_udaf(),
        conversion::to(Kind::Float, value),
        Kind::Float,
    )?;
    let rate = Value::new(total.expr / number::nonzero_float(seconds), Kind::Float);
    Ok(Value::new(conversion::to(kind, rate), kind))
}

/// How long the time is that the sum is of.
fn seconds(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Expr> {
    let asked = binder.context.start_nanos.map(|start| {
        let end = binder.context.end_nanos.unwrap_or(binder.context.now_nanos);
        end.saturating_sub(start)
    });
    if let Some(nanos) = binder.time_bin_nanos.or(asked) {
        return Ok(lit(nanos as f64 / SECOND as f64));
    }
    let Ok(time) = binder.scope.resolve(span::TIME) else {
        let message = "rate needs a time: expected a range of time, or _time among the fields";
        return Err(binder.error(&call.range, message));
    };
    let first = aggregate(binder, call, min_udaf(), time.expr.clone(), Kind::Datetime)?;
    let last = aggregate(binder, call, max_udaf(), time.expr, Kind::Datetime)?;
    let nanos = |value| conversion::to(Kind::Float, value);
    Ok((nanos(last) - nanos(first)) / lit(SECOND as f64))
}
