//! # max, maxif
//!
//! The largest value of a field; of nothing, null. Strings are compared as strings.
//!
//! ```apl
//! max(field)
//! maxif(field, condition)
//! ```
//!
//! ## Example
//!
//! ```apl
//! traces | summarize max(duration), maxif(name, error)
//! ```
//!
//! | max_duration | maxif_name |
//! |---|---|
//! | 1.2s | SELECT instructors |

use super::measure::extreme;
use super::{Aggregation, Bind};
use crate::bind::{Binder, Bound, Value};
use crate::functions::Call;
use datafusion::functions_aggregate::min_max::max_udaf;

pub(super) const AGGREGATIONS: &[Aggregation] = &[
    Aggregation {
        name: "max",
        wire_name: "max",
        prefix: "max",
        arguments: 1..=1,
        usage: "max(field)",
        bind: Bind::One(max),
    },
    Aggregation {
        name: "maxif",
        wire_name: "maxif",
        prefix: "maxif",
        arguments: 2..=2,
        usage: "maxif(field, condition)",
        bind: Bind::One(max),
    },
];

fn max(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    extreme(binder, call, max_udaf())
}
