//! # percentiles_array, percentiles, percentiles_arrayif
//!
//! Several percentiles of a field, as an array in the order asked for. Those of timespans are numbers of nanoseconds.
//!
//! ```apl
//! percentiles_array(field, percent, …)
//! percentiles(field, percent, …)
//! percentiles_arrayif(field, dynamic([percent, …]), condition)
//! ```
//!
//! ## Example
//!
//! ```apl
//! traces | summarize p = percentiles_array(duration, 0, 50, 100), percentiles_arrayif(duration, dynamic([50]), error)
//! ```
//!
//! | p | percentiles_duration |
//! |---|---|
//! | [0, 13900000, 1200000000] | [650000000] |

use super::measure::{filtered, quantity};
use super::percentile::{Summary, rank};
use super::{Aggregation, Bind};
use crate::bind::{Binder, Bound, Value};
use crate::functions::Call;
use crate::kernels::json;
use crate::kind::Kind;
use datafusion::functions_nested::expr_fn::make_array;
use datafusion::logical_expr::Expr;
use serde_json::Value as Json;

pub(super) const AGGREGATIONS: &[Aggregation] = &[
    Aggregation {
        name: "percentiles_array",
        wire_name: "percentiles",
        prefix: "percentiles",
        arguments: 2..=64,
        usage: "percentiles_array(field, percent, …)",
        bind: Bind::One(array),
    },
    Aggregation {
        name: "percentiles",
        wire_name: "percentiles",
        prefix: "percentiles",
        arguments: 2..=64,
        usage: "percentiles(field, percent, …)",
        bind: Bind::One(array),
    },
    Aggregation {
        name: "percentiles_arrayif",
        wire_name: "percentilesif",
        prefix: "percentiles",
        arguments: 3..=3,
        usage: "percentiles_arrayif(field, dynamic([percent, …]), condition)",
        bind: Bind::One(array_if),
    },
];

fn array(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let value = quantity(binder, call)?;
    let mut ranks = Vec::with_capacity(call.values.len() - 1);
    for place in 1..call.values.len() {
        ranks.push(rank(binder, &call.values[place], &call.ranges[place])?);
    }
    Ok(collected(binder, value, ranks, None))
}

fn array_if(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<Value> {
    let value = quantity(binder, call)?;
    let percents = call.values[1].constant_text().and_then(json::parse);
    let ranks = percents
        .as_ref()
        .and_then(Json::as_array)
        .and_then(|percents| {
            let share = |percent: &Json| {
                percent
                    .as_f64()
                    .filter(|percent| (0.0..=100.0).contains(percent))
            };
            let shares = percents.iter().map(|percent| Some(share(percent)? / 100.0));
            shares.collect::<Option<Vec<f64>>>()
        });
    let Some(ranks) = ranks.filter(|ranks| (1..=64).contains(&ranks.len())) else {
        let message = "expected percentages from 0 to 100, such as dynamic([50, 95])";
        return Err(binder.error(&call.ranges[1], message));
    };
    let condition = filtered(binder, call)?;
    Ok(collected(binder, value, ranks, condition))
}

fn collected(
    binder: &mut Binder<'_, '_>,
    value: Value,
    ranks: Vec<f64>,
    condition: Option<Expr>,
) -> Value {
    let summary = Summary::of(binder, value, condition);
    let percentiles = ranks
        .into_iter()
        .map(|rank| summary.percentile(rank))
        .collect();
    Value::new(make_array(percentiles), Kind::Array)
}
