//! # sum, sumif
//!
//! The sum of a field; of nothing, null. A string is read as a number; the sum of timespans is one. A sum of integers or
//! timespans that does not fit into 64 bits (timespans: 292 years) is null: `sum(todouble(field))` has no such limit.
//!
//! ```apl
//! sum(field)
//! sumif(field, condition)
//! ```
//!
//! ## Example
//!
//! ```apl
//! traces | summarize sum(duration), sumif(duration, error)
//! ```
//!
//! | sum_duration | sumif_duration |
//! |---|---|
//! | 1.701169s | 1.3s |

use super::measure::{aggregate, quantity};
use super::{Aggregation, Bind};
use crate::bind::{Binder, Bound, Value, conversion};
use crate::functions::Call;
use crate::kernels::total;
use crate::kind::Kind;
use datafusion::functions_aggregate::sum::sum_udaf;

pub(super) const AGGREGATIONS: &[Aggregation] = &[
    Aggregation {
        name: "sum",
        wire_name: "sum",
        prefix: "sum",
        arguments: 1..=1,
        usage: "sum(field)",
        bind: Bind::One(sum),
    },
    Aggregation {
        name: "sumif",
        wire_name: "sumif",
        prefix: "sumif",
        arguments: 2..=2,
        usage: "sumif(field, condition)",
        bind: Bind::One(sum),
    },
];

fn sum(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let value = quantity(binder, call)?;
    let kind = value.kind.unwrap_or(Kind::Integer);
    let function = match kind {
        Kind::Float => sum_udaf(),
        _ => total::sum(),
    };
    aggregate(binder, call, function, conversion::to(kind, value), kind)
}
