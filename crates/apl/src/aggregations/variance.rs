//! # variance, varianceif
//!
//! The variance of a field, of a sample; of fewer than two values, null. That of timespans is in square
//! nanoseconds.
//!
//! ```apl
//! variance(field)
//! varianceif(field, condition)
//! ```
//!
//! ## Example
//!
//! ```apl
//! traces | summarize spread = round(variance(strlen(kind)), 6)
//! ```
//!
//! | spread |
//! |---|
//! | 2.766667 |

use super::measure::{aggregate, quantity};
use super::{Aggregation, Bind};
use crate::bind::{Binder, Bound, Value, conversion};
use crate::functions::Call;
use crate::kind::Kind;
use datafusion::functions_aggregate::variance::var_samp_udaf;

pub(super) const AGGREGATIONS: &[Aggregation] = &[
    Aggregation {
        name: "variance",
        wire_name: "variance",
        prefix: "variance",
        arguments: 1..=1,
        usage: "variance(field)",
        bind: Bind::One(variance),
    },
    Aggregation {
        name: "varianceif",
        wire_name: "varianceif",
        prefix: "varianceif",
        arguments: 2..=2,
        usage: "varianceif(field, condition)",
        bind: Bind::One(variance),
    },
];

fn variance(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let value = conversion::to(Kind::Float, quantity(binder, call)?);
    aggregate(binder, call, var_samp_udaf(), value, Kind::Float)
}
