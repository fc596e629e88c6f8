//! # dcount, dcountif
//!
//! How many different values a field has; exact, where Axiom estimates. Null is no value.
//!
//! ```apl
//! dcount(field)
//! dcountif(field, condition)
//! ```
//!
//! ## Example
//!
//! ```apl
//! traces | summarize dcount(kind), dcountif(kind, error)
//! ```
//!
//! | dcount_kind | dcountif_kind |
//! |---|---|
//! | 6 | 2 |

use super::count::counting;
use super::measure::filtered;
use super::{Aggregation, Bind};
use crate::bind::{Binder, Bound, Value};
use crate::functions::Call;
use crate::kind::Kind;

pub(super) const AGGREGATIONS: &[Aggregation] = &[
    Aggregation {
        name: "dcount",
        wire_name: "distinct",
        prefix: "dcount",
        arguments: 1..=1,
        usage: "dcount(field)",
        bind: Bind::One(dcount),
    },
    Aggregation {
        name: "dcountif",
        wire_name: "distinctif",
        prefix: "dcountif",
        arguments: 2..=2,
        usage: "dcountif(field, condition)",
        bind: Bind::One(dcount),
    },
];

fn dcount(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let (value, range) = call.argument(0);
    if value.kind.is_some_and(|kind| !kind.is_groupable()) {
        return Err(binder.error(
            range,
            format!("cannot count distinct values of {}", value.spoken()),
        ));
    }
    let condition = filtered(binder, call)?;
    let values = counting(value.expr, true, condition);
    Ok(Value::new(binder.collect(values), Kind::Integer))
}
