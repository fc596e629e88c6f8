//! # min, minif
//!
//! The smallest value of a field; of nothing, null. Strings are compared as strings.
//!
//! ```apl
//! min(field)
//! minif(field, condition)
//! ```
//!
//! ## Example
//!
//! ```apl
//! traces | summarize min(duration), minif(name, error)
//! ```
//!
//! | min_duration | minif_name |
//! |---|---|
//! | 0s | GET /instructors/{id} |

use super::measure::extreme;
use super::{Aggregation, Bind};
use crate::bind::{Binder, Bound, Value};
use crate::functions::Call;
use datafusion::functions_aggregate::min_max::min_udaf;

pub(super) const AGGREGATIONS: &[Aggregation] = &[
    Aggregation {
        name: "min",
        wire_name: "min",
        prefix: "min",
        arguments: 1..=1,
        usage: "min(field)",
        bind: Bind::One(min),
    },
    Aggregation {
        name: "minif",
        wire_name: "minif",
        prefix: "minif",
        arguments: 2..=2,
        usage: "minif(field, condition)",
        bind: Bind::One(min),
    },
];

fn min(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    extreme(binder, call, min_udaf())
}
