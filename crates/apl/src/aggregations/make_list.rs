//! # make_list, make_list_if
//!
//! The values of a field as an array, in the order of a sort before: 128 of them unless told. Null is no
//! value; times are numbers of nanoseconds.
//!
//! ```apl
//! make_list(field, max)
//! make_list_if(field, condition, max)
//! ```
//!
//! ## Example
//!
//! ```apl
//! traces | sort by duration | where error | summarize make_list(kind), make_list_if(duration, duration > 1s)
//! ```
//!
//! | list_kind | list_duration |
//! |---|---|
//! | [server, client] | [1200000000] |

use super::measure::condition;
use super::values;
use super::{Aggregation, Bind};
use crate::bind::{Binder, Bound, Value};
use crate::functions::Call;

pub(super) const AGGREGATIONS: &[Aggregation] = &[
    Aggregation {
        name: "make_list",
        wire_name: "makelist",
        prefix: "list",
        arguments: 1..=2,
        usage: "make_list(field, max)",
        bind: Bind::One(make_list),
    },
    Aggregation {
        name: "make_list_if",
        wire_name: "makelistif",
        prefix: "list",
        arguments: 2..=3,
        usage: "make_list_if(field, condition, max)",
        bind: Bind::One(make_list_if),
    },
];

fn make_list(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let most = values::most(binder, call, 1)?;
    let values = values::all(binder, call, None)?;
    Ok(values::kept(call, values, most))
}

fn make_list_if(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let most = values::most(binder, call, 2)?;
    let condition = condition(binder, call, 1)?;
    let values = values::all(binder, call, Some(condition))?;
    Ok(values::kept(call, values, most))
}
