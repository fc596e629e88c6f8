//! # make_set, make_set_if
//!
//! The different values of a field, in order, as an array: 128 of them unless told. Null is no value.
//!
//! ```apl
//! make_set(field, max)
//! make_set_if(field, condition, max)
//! ```
//!
//! ## Example
//!
//! ```apl
//! traces | where error | summarize make_set(kind), make_set_if(name, duration > 1s)
//! ```
//!
//! | set_kind | set_name |
//! |---|---|
//! | [client, server] | [GET /instructors/{id}] |

use super::measure::condition;
use super::values;
use super::{Aggregation, Bind};
use crate::bind::{Binder, Bound, Value};
use crate::functions::Call;

pub(super) const AGGREGATIONS: &[Aggregation] = &[
    Aggregation {
        name: "make_set",
        wire_name: "makeset",
        prefix: "set",
        arguments: 1..=2,
        usage: "make_set(field, max)",
        bind: Bind::One(make_set),
    },
    Aggregation {
        name: "make_set_if",
        wire_name: "makesetif",
        prefix: "set",
        arguments: 2..=3,
        usage: "make_set_if(field, condition, max)",
        bind: Bind::One(make_set_if),
    },
];

fn make_set(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let most = values::most(binder, call, 1)?;
    let values = values::different(binder, call, None)?;
    Ok(values::kept(call, values, most))
}

fn make_set_if(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let most = values::most(binder, call, 2)?;
    let condition = condition(binder, call, 1)?;
    let values = values::different(binder, call, Some(condition))?;
    Ok(values::kept(call, values, most))
}
