//! # arg_min
//!
//! The fields of the row in which a value is smallest, and that value; `*` stands for all fields. They may be
//! given names. With a name before it, it is the one field alone, under that name. Of several such rows it is any one.
//!
//! ```apl
//! arg_min(value, name = field, …)
//! ```
//!
//! ## Example
//!
//! ```apl
//! traces | where error | summarize arg_min(duration, name, at = _time)
//! ```
//!
//! | duration | name | at |
//! |---|---|---|
//! | 100ms | SELECT instructors | 2026-11-22T09:59:00.01Z |

use super::{Aggregation, Bind};
use super::{Several, of_row};
use crate::bind::{Binder, Bound, Value};
use crate::functions::Call;
use crate::syntax::Expression;

pub(super) const AGGREGATIONS: &[Aggregation] = &[Aggregation {
    name: "arg_min",
    wire_name: "argmin",
    prefix: "",
    arguments: 2..=1024,
    usage: "arg_min(value, name = field, …)",
    bind: Bind::Several {
        one: Some(arg_min),
        several,
    },
}];

fn arg_min(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    of_row::value(binder, call, true)
}

fn several(binder: &mut Binder<'_, '_>, arguments: &[Expression]) -> Bound<Several> {
    of_row::fields(binder, arguments, true)
}
