//! # arg_max
//!
//! The fields of the row in which a value is largest, and that value; `*` stands for all fields. They may be
//! given names. With a name before it, it is the one field alone, under that name. Of several such rows it is any one.
//!
//! ```apl
//! arg_max(value, name = field, …)
//! ```
//!
//! ## Example
//!
//! ```apl
//! traces | summarize arg_max(duration, name), slowest = arg_max(duration, kind)
//! ```
//!
//! | duration | name | slowest |
//! |---|---|---|
//! | 1.2s | GET /instructors/{id} | server |

use super::{Aggregation, Bind};
use super::{Several, of_row};
use crate::bind::{Binder, Bound, Value};
use crate::functions::Call;
use crate::syntax::Expression;

pub(super) const AGGREGATIONS: &[Aggregation] = &[Aggregation {
    name: "arg_max",
    wire_name: "argmax",
    prefix: "",
    arguments: 2..=1024,
    usage: "arg_max(value, name = field, …)",
    bind: Bind::Several {
        one: Some(arg_max),
        several,
    },
}];

fn arg_max(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    of_row::value(binder, call, false)
}

fn several(binder: &mut Binder<'_, '_>, arguments: &[Expression]) -> Bound<Several> {
    of_row::fields(binder, arguments, false)
}
