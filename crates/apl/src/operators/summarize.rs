//! # summarize
//!
//! One row for each combination of the groups; without aggregations, only the combinations. Null is a group.
//! An item may compute with aggregations: `100.0 * countif(error) / count()`.
//!
//! ```apl
//! rows | summarize name = aggregation, … by name = expression, …
//! ```
//!
//! ## Example
//!
//! ```apl
//! datatable (k:string, n:long) ["a", 1, "b", 2, "a", 3] | summarize total = sum(n) by k
//! ```
//!
//! | k | total |
//! |---|---|
//! | a | 4 |
//! | b | 2 |

use super::Surroundings;
use super::naming::{self, Names};
use crate::aggregations;
use crate::bind::pipeline::{Key, Order, Output};
use crate::bind::{Aggregates, Bound, Mark, Pipeline};
use crate::parser::{Parsed, Parser};
use crate::syntax::Operator;
use crate::syntax::expression::Node;
use crate::syntax::stage::Item;
use datafusion::common::Column;
use datafusion::logical_expr::Expr;

/// Bins of `histogram(x, 10)` as a group.
mod bins;
/// Aggregations that make several fields or rows.
mod several;

use several::Parts;

pub(super) fn parse(parser: &mut Parser<'_, '_>) -> Parsed<Operator> {
    let aggregates = if parser.take_word("by") {
        return Ok(Operator::Summarize {
            aggregates: Vec::new(),
            groups: parser.items()?,
        });
    } else {
        parser.with_aggregates(true, Parser::items)?
    };
    let groups = if parser.take_word("by") {
        parser.items()?
    } else {
        Vec::new()
    };
    Ok(Operator::Summarize { aggregates, groups })
}

pub(super) fn bind(
    aggregates: &[Item],
    groups: &[Item],
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let groups = &bins::placed(groups, pipeline, around)?;
    let mut names = Names::default();
    let mut marks = Vec::new();
    let keys = group_keys(groups, &mut names, &mut marks, pipeline, around);
    let bucket = keys.as_ref().ok().and_then(|keys| keys.bucket.as_ref());
    let bin_nanos = bucket.map(|(_, nanos)| *nanos);
    let computed = computed(
        aggregates, bin_nanos, &mut names, &mut marks, pipeline, around,
    );
    let (keys, computed) = (keys?, computed?);
    pipeline.mark(marks, around.report, &around.range)?;
    let collected = computed.collected;
    if keys.outputs.is_empty() && collected.is_empty() {
        // Only the totals of a time series without aggregations come here.
        return Err(around
            .report
            .error(&around.range, "expected an aggregation such as count()"));
    }
    let group_exprs = distinct_exprs(&keys.outputs);
    pipeline.apply(around.report, &around.range, |plan| {
        plan.aggregate(group_exprs.clone(), collected)
    })?;
    let mut outputs = Vec::with_capacity(keys.outputs.len() + computed.outputs.len());
    for key in keys.outputs {
        let place = group_exprs
            .iter()
            .position(|expr| *expr == key.expr)
            .unwrap_or(0);
        let column = Column::from(pipeline.plan.schema().qualified_field(place));
        outputs.push(Output {
            expr: Expr::Column(column),
            ..key
        });
    }
    outputs.extend(computed.outputs);
    pipeline.order = Order::default();
    settle(pipeline, outputs, &computed.several, keys.bucket, around)
}

/// What the rows are grouped by.
struct Keys {
    outputs: Vec<Output>,
    bucket: Option<(String, i64)>,
}

fn group_keys(
    groups: &[Item],
    names: &mut Names,
    marks: &mut Vec<Mark>,
    pipeline: &Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<Keys> {
    let mut keys = Keys {
        outputs: Vec::new(),
        bucket: None,
    };
    let mut result = Ok(());
    for item in groups {
        if let Some(twice) = names.repeated(item) {
            let message = format!("'{twice}' is made twice: expected different names");
            result = Err(around.report.error(&item.expression.range, message));
            continue;
        }
        let name = names.of(item);
        let mut binder = around.binder(pipeline).marking(marks);
        let value = binder.bind(&item.expression);
        let bin_nanos = binder.time_bin_nanos.filter(|_| is_bin(item));
        let Ok(value) = value else {
            result = value.map(|_| ());
            continue;
        };
        if value.kind.is_some_and(|kind| !kind.is_groupable()) {
            let message = format!(
                "cannot group by {}: expected a single value",
                value.spoken()
            );
            result = Err(around.report.error(&item.expression.range, message));
            continue;
        }
        if let Some(nanos) = bin_nanos {
            if around.without_time_bins {
                continue;
            }
            keys.bucket = keys.bucket.or(Some((name.clone(), nanos)));
        }
        match naming::output(name, value, None, &item.expression, pipeline, around) {
            Ok(output) => keys.outputs.push(output),
            Err(failed) => result = Err(failed),
        }
    }
    result.map(|()| keys)
}

fn is_bin(item: &Item) -> bool {
    matches!(&item.expression.node, Node::Call { function, .. } if matches!(function.as_str(), "bin" | "bin_auto"))
}

/// The fields computed from aggregations, and the aggregations for the plan.
struct Computed {
    outputs: Vec<Output>,
    collected: Vec<Expr>,
    /// Those of the outputs that are to become several fields.
    several: Vec<Parts>,
}

fn computed(
    aggregates: &[Item],
    bin_nanos: Option<i64>,
    names: &mut Names,
    marks: &mut Vec<Mark>,
    pipeline: &Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<Computed> {
    let mut binder = around.binder(pipeline).marking(marks);
    binder.aggregates = Aggregates::Collected(Vec::new());
    binder.order = pipeline.asked_order();
    let mut values = Vec::with_capacity(aggregates.len());
    let mut several = Vec::new();
    let mut result = Ok(());
    for item in aggregates {
        if let Some(twice) = names.repeated(item) {
            let message = format!("'{twice}' is made twice: expected different names");
            result = Err(binder.error(&item.expression.range, message));
            continue;
        }
        binder.time_bin_nanos = bin_nanos;
        if let Some(made) = aggregations::several(&mut binder, item) {
            match made {
                Ok(made) => {
                    let (parts, value) = Parts::of(made, several.len(), names);
                    values.push((parts.column.clone(), value, item));
                    several.push(parts);
                }
                Err(failed) => result = Err(failed),
            }
            continue;
        }
        let name = names.of(item);
        if !aggregations::occur_in(&item.expression) {
            // What is wrong inside it says more.
            result = binder.bind(&item.expression).and_then(|_| {
                let message = "expected an aggregation such as count() or avg(duration)";
                Err(binder.error(&item.expression.range, message))
            });
            continue;
        }
        match binder.bind(&item.expression) {
            Ok(value) => values.push((name, value, item)),
            Err(failed) => result = Err(failed),
        }
    }
    let collected = match binder.aggregates {
        Aggregates::Collected(collected) | Aggregates::Nested(collected) => collected,
        Aggregates::Refused => Vec::new(),
    };
    result?;
    let mut outputs = Vec::with_capacity(values.len());
    for (name, value, item) in values {
        let wire_name = Some(aggregations::wire_name(&item.expression));
        let source = &item.expression;
        outputs.push(naming::output(
            name, value, wire_name, source, pipeline, around,
        )?);
    }
    Ok(Computed {
        outputs,
        collected,
        several,
    })
}

fn distinct_exprs(keys: &[Output]) -> Vec<Expr> {
    let mut exprs: Vec<Expr> = Vec::with_capacity(keys.len());
    for key in keys {
        if !exprs.contains(&key.expr) {
            exprs.push(key.expr.clone());
        }
    }
    exprs
}

/// Makes the rows' fields, and their order by default: time bins first to last, then the largest first
/// aggregate, then the groups. Rows of one group that an aggregation made are in its order, after the groups.
fn settle(
    pipeline: &mut Pipeline,
    outputs: Vec<Output>,
    several: &[Parts],
    bucket: Option<(String, i64)>,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let is_group = |output: &&Output| output.aggregation.is_none();
    let groups: Vec<String> = outputs
        .iter()
        .filter(is_group)
        .map(|group| group.name.clone())
        .collect();
    let makes_rows = several.iter().any(|parts| parts.unfolds);
    let scalar = |output: &Output| match several.iter().find(|parts| parts.column == output.name) {
        Some(parts) => parts.first_scalar().map(str::to_owned),
        None => output.kind.is_scalar().then(|| output.name.clone()),
    };
    let mut aggregates = outputs.iter().filter(|output| !is_group(output));
    let aggregate = aggregates.find_map(scalar);
    let mut keys: Vec<Key> = bucket
        .iter()
        .map(|(name, _)| Key::new(name, false))
        .collect();
    let aggregate = aggregate.filter(|_| !makes_rows);
    keys.extend(aggregate.map(|name| Key::new(&name, true)));
    for group in &groups {
        if keys.iter().all(|key| key.name != *group) {
            keys.push(Key::new(group, false));
        }
    }
    keys.extend(several.iter().flat_map(Parts::order));
    let is_single = groups.is_empty();
    pipeline.project(outputs, around.report, &around.range)?;
    several::spread(several, pipeline, around)?;
    pipeline.order = Order::by(if is_single && !makes_rows {
        Vec::new()
    } else {
        keys
    });
    pipeline.is_limited = is_single;
    pipeline.groups = groups;
    pipeline.bucket = bucket;
    Ok(())
}
