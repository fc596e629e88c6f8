//! `by histogram(x, 10)`: the bin that each value falls into, as a field to group by. Where the bins begin and end is
//! known only after all rows, so these are read twice.

use super::super::{Surroundings, implied_name};
use crate::bind::pipeline::Output;
use crate::bind::{Binder, Bound, Pipeline, conversion, weight};
use crate::kernels::rows;
use crate::kind::Kind;
use crate::syntax::Expression;
use crate::syntax::expression::Node;
use crate::syntax::stage::Item;
use datafusion::common::{Column, ScalarValue};
use datafusion::functions_aggregate::expr_fn::{max, min};
use datafusion::logical_expr::{Expr, LogicalPlanBuilder};

/// Bins of one histogram.
const BINS_MAX: i64 = 10_000;

/// The groups, with a field in place of each histogram.
pub(super) fn placed(
    groups: &[Item],
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<Vec<Item>> {
    let mut placed = Vec::with_capacity(groups.len());
    for (number, item) in groups.iter().enumerate() {
        placed.push(match histogram(&item.expression) {
            Some((value, bins)) => {
                let name = item.name.clone().or_else(|| implied_name(value));
                let field = place(value, bins, number, pipeline, around)?;
                Item {
                    name: Some(name.unwrap_or_else(|| "histogram_".to_owned())),
                    expression: Expression {
                        node: Node::Field(field),
                        range: item.expression.range.clone(),
                    },
                }
            }
            None => item.clone(),
        });
    }
    Ok(placed)
}

/// The arguments of a histogram.
fn histogram(expression: &Expression) -> Option<(&Expression, &Expression)> {
    match &expression.node {
        Node::Call {
            function,
            arguments,
        } if function == "histogram" => match arguments.as_slice() {
            [value, bins] => Some((value, bins)),
            _ => None,
        },
        _ => None,
    }
}

/// Adds the field of the bins, under a name that no query can write.
fn place(
    value: &Expression,
    bins: &Expression,
    number: usize,
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<String> {
    let mut binder = around.binder(pipeline);
    let (number_of_bins, kind) = (count(&mut binder, bins)?, Kind::Float);
    let bound = binder.bind(value)?;
    let result = match bound.kind {
        Some(Kind::Timespan) => Kind::Timespan,
        None | Some(Kind::Integer | Kind::Float | Kind::Text | Kind::Dynamic) => Kind::Float,
        Some(found) => {
            let message = format!("expected a number or a timespan, found {}", found.spoken());
            return Err(binder.error(&value.range, message));
        }
    };
    let carried = conversion::to(kind, bound);
    let (low, high) = (format!("|low {number}"), format!("|high {number}"));
    let ends = LogicalPlanBuilder::from(pipeline.plan.clone())
        .aggregate(
            Vec::<Expr>::new(),
            vec![
                min(carried.clone()).alias(&low),
                max(carried.clone()).alias(&high),
            ],
        )
        .and_then(LogicalPlanBuilder::build)
        .map_err(|error| {
            let message = format!("could not plan this: {}", error.strip_backtrace());
            around.report.error(&value.range, message)
        })?;
    pipeline.apply(around.report, &around.range, |plan| plan.cross_join(ends))?;
    let end = |name: String| Expr::Column(Column::new_unqualified(name));
    let arguments = vec![carried, end(low), end(high), number_of_bins];
    let bin = rows::call("histogram_bin", kind, |rows| rows.floats(bin), arguments);
    let expr = conversion::to(result, bin);
    let name = format!("|bin {number}");
    let mut outputs: Vec<Output> = pipeline.scope.fields.iter().map(Output::kept).collect();
    outputs.push(Output {
        name: name.clone(),
        weight: weight::of(&expr, &pipeline.scope),
        expr,
        kind: result,
        made: true,
        aggregation: None,
    });
    pipeline.project(outputs, around.report, &around.range)?;
    Ok(name)
}

fn count(binder: &mut Binder<'_, '_>, bins: &Expression) -> Bound<Expr> {
    let value = binder.bind(bins)?;
    match value.constant() {
        Some(ScalarValue::Int64(Some(count))) if (1..=BINS_MAX).contains(count) => Ok(value.expr),
        _ => {
            let message = format!("expected a number from 1 to {BINS_MAX}");
            Err(binder.error(&bins.range, message))
        }
    }
}

/// Where the bin begins that a value falls into.
fn bin(row: rows::Row<'_>) -> Option<f64> {
    let (value, low, high) = (row.float(0)?, row.float(1)?, row.float(2)?);
    let bins = row.integer(3)? as f64;
    let width = (high - low) / bins;
    if width <= 0.0 {
        return Some(low);
    }
    let place = ((value - low) / width).floor().clamp(0.0, bins - 1.0);
    Some(low + width * place)
}
