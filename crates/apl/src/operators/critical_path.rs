//! # critical_path
//!
//! What each operation contributes to how long traces take, over all traces of the rows, exactly: beyond Axiom. At
//! each moment one span of a trace has the time: the one that the end of the root waits for.
//!
//! ```apl
//! rows | critical_path [by field, name = expression, …]
//! ```
//!
//! An operation is a service and a name, or what `by` says. `self_time` is the time that its spans have by themselves,
//! `share` its part of the time of all operations, `spans` how many of them are on the path, in how many `traces`.
//! All `self_time` together is the duration of all roots.
//!
//! From the end of a root, the child that ended last has the time back to its start, less what its own children have;
//! then the one that ended last before that, and so on; what is left is the parent's. A child counts within its
//! parent: of one that goes on after its parent's end, or starts before it, the part inside. Parents are known by
//! their ids, links are none. Of a trace without a root, spans whose parent is missing are taken for roots; with one,
//! they and what is below them have no part, and no more have spans that are each other's ancestors. Of several spans
//! with one id in a trace the first counts.
//!
//! The rows must have the fields `trace_id`, `span_id`, `parent_span_id`, `_time` and `duration`, and there may be
//! 10,000,000. Traces are as whole as the rows are: `spans_of(query)` makes them whole.
//!
//! ## Example
//!
//! ```apl
//! spans_of(traces | where name == "POST /bookings") | critical_path by name
//! ```
//!
//! | name | self_time | share | spans | traces |
//! |---|---|---|---|---|
//! | POST /bookings | 130ms | 0.52 | 1 | 1 |
//! | POST | 120ms | 0.48 | 1 | 1 |

use super::{Surroundings, naming};
use crate::bind::pipeline::{Key, Order, Output};
use crate::bind::{Bound, Pipeline, Value, conversion};
use crate::kernels::{self, guard, total, tree};
use crate::kind::Kind;
use crate::limits::TREE_SPANS_MAX;
use crate::parser::{Parsed, Parser};
use crate::syntax::Operator;
use crate::syntax::expression::{Expression, Node};
use crate::syntax::stage::Item;
use arrow::datatypes::DataType;
use datafusion::common::{Column, UnnestOptions};
use datafusion::functions::core::expr_fn::get_field;
use datafusion::functions_aggregate::count::count_all;
use datafusion::logical_expr::expr::WindowFunction;
use datafusion::logical_expr::{
    Expr, LogicalPlanBuilder, WindowFunctionDefinition, cast, lit, when,
};
use model::span;

const SELF_TIME: &str = "self_time";
const SHARE: &str = "share";
const SPANS: &str = "spans";
const TRACES: &str = "traces";

pub(super) fn parse(parser: &mut Parser<'_, '_>) -> Parsed<Operator> {
    let by = match parser.take_word("by") {
        true => parser.items()?,
        false => Vec::new(),
    };
    Ok(Operator::CriticalPath(by))
}

pub(super) fn bind(
    by: &[Item],
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let operation = operation(by, pipeline, around);
    let of_spans = of_spans(pipeline, around);
    let (operation, [trace, id, parent, start, duration]) = (operation?, of_spans?);
    let is_of_trace = trace.clone().is_not_null();
    pipeline.filter(is_of_trace, around.report, &around.range)?;
    let guard = guard::at_most(TREE_SPANS_MAX, "the table before critical_path");
    pipeline.choose(guard, around.report, &around.range)?;

    let list = Column::new_unqualified("|path");
    let count = operation.len();
    let mut read: Vec<Expr> = [trace, id, parent, start, duration].into();
    read.extend(operation.iter().map(|output| match &output.expr {
        Expr::Column(_) => output.expr.clone(),
        made => kernels::repeated(made.clone(), output.kind.arrow()),
    }));
    pipeline.apply(around.report, &around.range, |plan| {
        let name = |place: usize| format!("|read {place}");
        let columns = (0..read.len()).map(|place| Column::new_unqualified(name(place)));
        let mut columns: Vec<Expr> = columns.map(Expr::Column).collect();
        let read = read.into_iter().enumerate();
        let plan = plan.project(read.map(|(place, expr)| expr.alias(name(place))))?;
        let trace = columns.remove(0);
        let path = tree::contributions(columns).alias(&list.name);
        let options = UnnestOptions::new().with_preserve_nulls(false);
        let plan = plan
            .aggregate([trace], [path])?
            .unnest_column_with_options(list.clone(), options)?;
        summed(plan, &Expr::Column(list), count)
    })?;
    settle(operation, pipeline, around)
}

/// The columns of one row for each operation: what tells it apart, self time, spans, traces; then the self time of
/// all operations.
fn summed(
    contributions: LogicalPlanBuilder,
    one: &Expr,
    operation: usize,
) -> datafusion::common::Result<LogicalPlanBuilder> {
    let part = |name: &str| get_field(one.clone(), name.to_owned());
    let key = |place: usize| format!("|by {place}");
    let column = |name: &str| Expr::Column(Column::new_unqualified(name));
    let mut parts = vec![
        part(tree::SELF_TIME).alias("|self"),
        part(tree::SPANS).alias("|spans"),
    ];
    parts.extend((0..operation).map(|place| part(&place.to_string()).alias(key(place))));
    let keys: Vec<Expr> = (0..operation).map(|place| column(&key(place))).collect();
    let sums = vec![
        total::sum().call(vec![column("|self")]).alias("|nanos"),
        total::sum().call(vec![column("|spans")]).alias("|count"),
        count_all().alias("|traces"),
    ];
    let all = WindowFunctionDefinition::AggregateUDF(total::sum());
    let all = WindowFunction::new(all, vec![column("|nanos")]);
    contributions
        .project(parts)?
        .aggregate(keys, sums)?
        .window([Expr::from(all)])
}

/// What tells operations apart.
fn operation(
    by: &[Item],
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<Vec<Output>> {
    let default = || {
        let names = [span::SERVICE_NAME, span::NAME];
        let known = names
            .iter()
            .filter(|name| pipeline.scope.get(name).is_some());
        let field = |name: &&str| Item {
            name: None,
            expression: Expression {
                node: Node::Field((*name).to_owned()),
                range: around.range.clone(),
            },
        };
        known.map(field).collect::<Vec<Item>>()
    };
    let by = match by {
        [] => default(),
        by => by.to_vec(),
    };
    if by.is_empty() {
        let message = "expected 'by' and what tells operations apart: the rows have neither service.name nor name";
        return Err(around.error(message));
    }
    let outputs = naming::outputs(&by, pipeline, around)?;
    for (output, item) in outputs.iter().zip(&by) {
        let range = &item.expression.range;
        if !output.kind.is_groupable() {
            let message = format!("cannot group by {}", output.kind.spoken());
            return Err(around.report.error(range, message));
        }
        if [SELF_TIME, SHARE, SPANS, TRACES].contains(&output.name.as_str()) {
            let message = format!(
                "'{}' is made by critical_path itself: expected another name",
                output.name
            );
            return Err(around.report.error(range, message));
        }
    }
    Ok(outputs)
}

/// The fields that trees are made of: trace, id, parent, start, duration.
fn of_spans(pipeline: &Pipeline, around: &mut Surroundings<'_, '_>) -> Bound<[Expr; 5]> {
    let wanted = [
        (span::TRACE_ID, Kind::Text),
        (span::SPAN_ID, Kind::Text),
        (span::PARENT_SPAN_ID, Kind::Text),
        (span::TIME, Kind::Datetime),
        (span::DURATION, Kind::Timespan),
    ];
    let mut exprs = Vec::with_capacity(wanted.len());
    let mut missing = Vec::new();
    for (name, kind) in wanted {
        match pipeline.scope.get(name) {
            Some(field) if field.kind == kind => exprs.push(field.expr()),
            Some(field) => {
                let message = format!(
                    "critical_path needs {name} to be {}, found {}",
                    kind.spoken(),
                    field.kind.spoken()
                );
                return Err(around.error(message));
            }
            None => missing.push(name),
        }
    }
    let Ok([trace, id, parent, start, duration]) = <[Expr; 5]>::try_from(exprs) else {
        let message = format!(
            "critical_path makes trees of spans: expected rows that still have the fields {}",
            missing.join(", ")
        );
        return Err(around.error(message));
    };
    let nanos = |expr| cast(expr, DataType::Int64);
    let [id, parent] = [id, parent].map(tree::number);
    Ok([trace, id, parent, nanos(start), nanos(duration)])
}

/// Makes the rows' fields, and their order by default: the largest contribution first.
fn settle(
    operation: Vec<Output>,
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let columns = pipeline.plan.schema().columns();
    let column = |place: usize| Expr::Column(columns[place].clone());
    let (keys, made) = (operation.len(), |name: &str, expr, kind| Output {
        name: name.to_owned(),
        expr,
        kind,
        made: true,
        aggregation: None,
        weight: 1,
    });
    let float = |expr| cast(expr, DataType::Float64);
    let all = column(keys + 3);
    let share = float(column(keys)) / float(all.clone());
    let share = when(all.lt_eq(lit(0_i64)), lit(0.0)).otherwise(share);
    let share = share.map_err(|error| around.error(error.strip_backtrace().to_string()))?;
    let mut outputs: Vec<Output> = operation
        .into_iter()
        .enumerate()
        .map(|(place, output)| Output {
            expr: column(place),
            weight: 1,
            ..output
        })
        .collect();
    let mut order = vec![Key::new(SELF_TIME, true)];
    order.extend(outputs.iter().map(|output| Key::new(&output.name, false)));
    let nanos = Value::new(column(keys), Kind::Integer);
    outputs.extend([
        made(
            SELF_TIME,
            conversion::to(Kind::Timespan, nanos),
            Kind::Timespan,
        ),
        made(SHARE, share, Kind::Float),
        made(SPANS, column(keys + 1), Kind::Integer),
        made(TRACES, column(keys + 2), Kind::Integer),
    ]);
    pipeline.order = Order::default();
    (pipeline.groups, pipeline.bucket) = (Vec::new(), None);
    pipeline.project(outputs, around.report, &around.range)?;
    pipeline.order = Order::by(order);
    pipeline.is_limited = false;
    Ok(())
}
