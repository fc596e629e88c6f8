//! # avg, avgif
//!
//! The mean of a field; of nothing, null. A string is read as a number; the mean of timespans is one.
//!
//! ```apl
//! avg(field)
//! avgif(field, condition)
//! ```
//!
//! ## Example
//!
//! ```apl
//! traces | where error | summarize avg(duration)
//! ```
//!
//! | avg_duration |
//! |---|
//! | 650ms |

use super::measure::{aggregate, quantity};
use super::{Aggregation, Bind};
use crate::bind::{Binder, Bound, Value, conversion};
use crate::functions::Call;
use crate::kernels::total;
use crate::kind::Kind;
use datafusion::functions_aggregate::average::avg_udaf;

pub(super) const AGGREGATIONS: &[Aggregation] = &[
    Aggregation {
        name: "avg",
        wire_name: "avg",
        prefix: "avg",
        arguments: 1..=1,
        usage: "avg(field)",
        bind: Bind::One(avg),
    },
    Aggregation {
        name: "avgif",
        wire_name: "avgif",
        prefix: "avgif",
        arguments: 2..=2,
        usage: "avgif(field, condition)",
        bind: Bind::One(avg),
    },
];

fn avg(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let value = quantity(binder, call)?;
    let (kind, function) = match value.kind {
        Some(Kind::Timespan) => (Kind::Timespan, total::mean()),
        _ => (Kind::Float, avg_udaf()),
    };
    aggregate(binder, call, function, conversion::to(kind, value), kind)
}
