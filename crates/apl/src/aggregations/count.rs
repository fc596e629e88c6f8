//! # count
//!
//! How many rows there are.
//!
//! ```apl
//! count()
//! ```
//!
//! ## Example
//!
//! ```apl
//! traces | summarize count()
//! ```
//!
//! | count_ |
//! |---|
//! | 10 |

use super::{Aggregation, Bind};
use crate::bind::{Binder, Bound, Value};
use crate::functions::Call;
use crate::kind::Kind;
use datafusion::functions_aggregate::count::count_udaf;
use datafusion::logical_expr::expr::AggregateFunction;
use datafusion::logical_expr::{Expr, lit};

pub(super) const AGGREGATIONS: &[Aggregation] = &[Aggregation {
    name: "count",
    wire_name: "count",
    prefix: "count",
    arguments: 0..=0,
    usage: "count()",
    bind: Bind::One(count),
}];

fn count(binder: &mut Binder<'_, '_>, _: &Call) -> Bound<Value> {
    let rows = counting(lit(1_i64), false, None);
    Ok(Value::new(binder.collect(rows), Kind::Integer))
}

pub(super) fn counting(value: Expr, distinct: bool, condition: Option<Expr>) -> Expr {
    let function = AggregateFunction::new_udf(
        count_udaf(),
        vec![value],
        distinct,
        condition.map(Box::new),
        vec![],
        None,
    );
    Expr::AggregateFunction(function)
}
