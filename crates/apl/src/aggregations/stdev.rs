//! # stdev, stdevif
//!
//! The standard deviation of a field, of a sample; of fewer than two values, null. That of timespans is one.
//!
//! ```apl
//! stdev(field)
//! stdevif(field, condition)
//! ```
//!
//! ## Example
//!
//! ```apl
//! traces | summarize spread = round(stdev(strlen(kind)), 6)
//! ```
//!
//! | spread |
//! |---|
//! | 1.66333 |

use super::measure::{aggregate, quantity};
use super::{Aggregation, Bind};
use crate::bind::{Binder, Bound, Value, conversion};
use crate::functions::Call;
use crate::kind::Kind;
use datafusion::functions_aggregate::stddev::stddev_udaf;

pub(super) const AGGREGATIONS: &[Aggregation] = &[
    Aggregation {
        name: "stdev",
        wire_name: "stdev",
        prefix: "stdev",
        arguments: 1..=1,
        usage: "stdev(field)",
        bind: Bind::One(stdev),
    },
    Aggregation {
        name: "stdevif",
        wire_name: "stdevif",
        prefix: "stdevif",
        arguments: 2..=2,
        usage: "stdevif(field, condition)",
        bind: Bind::One(stdev),
    },
];

fn stdev(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let value = quantity(binder, call)?;
    let is_timespan = value.kind == Some(Kind::Timespan);
    let value = conversion::to(Kind::Float, value);
    let found = aggregate(binder, call, stddev_udaf(), value, Kind::Float)?;
    let kind = if is_timespan {
        Kind::Timespan
    } else {
        Kind::Float
    };
    Ok(Value::new(conversion::to(kind, found), kind))
}
