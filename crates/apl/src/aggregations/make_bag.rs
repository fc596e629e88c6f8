//! # make_bag, make_bag_if
//!
//! The maps of a field as one map. Of a key that several maps have, the value is that of the first of them, in the
//! order of their text as JSON. What is no map is left out.
//!
//! ```apl
//! make_bag(field)
//! make_bag_if(field, condition)
//! ```
//!
//! ## Example
//!
//! ```apl
//! traces | summarize make_bag(bag_pack(kind, error)), errors = make_bag_if(bag_pack(kind, 1), error)
//! ```
//!
//! | bag_ | errors |
//! |---|---|
//! | {"client":false,"consumer":false,"internal":false,"producer":false,"server":false,"unspecified":false} | {"client":1,"server":1} |

use super::measure::condition;
use super::values;
use super::{Aggregation, Bind};
use crate::bind::{Binder, Bound, Value};
use crate::functions::Call;
use crate::kernels::json;
use crate::kind::Kind;
use datafusion::logical_expr::Expr;

pub(super) const AGGREGATIONS: &[Aggregation] = &[
    Aggregation {
        name: "make_bag",
        wire_name: "computed",
        prefix: "bag",
        arguments: 1..=1,
        usage: "make_bag(field)",
        bind: Bind::One(make_bag),
    },
    Aggregation {
        name: "make_bag_if",
        wire_name: "computed",
        prefix: "bag",
        arguments: 2..=2,
        usage: "make_bag_if(field, condition)",
        bind: Bind::One(make_bag_if),
    },
];

fn make_bag(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    merged(binder, call, None)
}

fn make_bag_if(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let condition = condition(binder, call, 1)?;
    merged(binder, call, Some(condition))
}

fn merged(binder: &mut Binder<'_, '_>, call: &Call, condition: Option<Expr>) -> Bound<Value> {
    let (value, range) = call.argument(0);
    match value.kind {
        None | Some(Kind::Map | Kind::Bag | Kind::Dynamic) => {}
        Some(kind) => {
            let message = format!(
                "expected a map, found {}; bag_pack(…) makes one, parse_json(…) reads one from a string",
                kind.spoken()
            );
            return Err(binder.error(range, message));
        }
    }
    let bags = values::different(binder, call, condition)?;
    Ok(json::merged_bags(bags))
}
