//! # countif
//!
//! How many rows meet a condition.
//!
//! ```apl
//! countif(condition)
//! ```
//!
//! ## Example
//!
//! ```apl
//! traces | summarize countif(error)
//! ```
//!
//! | countif_error |
//! |---|
//! | 2 |

use super::count::counting;
use super::measure::condition;
use super::{Aggregation, Bind};
use crate::bind::{Binder, Bound, Value};
use crate::functions::Call;
use crate::kind::Kind;
use datafusion::logical_expr::lit;

pub(super) const AGGREGATIONS: &[Aggregation] = &[Aggregation {
    name: "countif",
    wire_name: "countif",
    prefix: "countif",
    arguments: 1..=1,
    usage: "countif(condition)",
    bind: Bind::One(countif),
}];

fn countif(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let condition = condition(binder, call, 0)?;
    let rows = counting(lit(1_i64), false, Some(condition));
    Ok(Value::new(binder.collect(rows), Kind::Integer))
}
