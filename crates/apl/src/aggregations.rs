//! The aggregations of `summarize`. Each family is a file with a table: names, number of arguments,
//! usage and binding. Nulls are skipped by all of them.

use crate::bind::{Aggregates, Binder, Bound, Value};
use crate::functions::{self, Call};
use crate::syntax::expression::{Expression, Literal, Node};
use datafusion::common::Column;
use datafusion::logical_expr::Expr;
use std::ops::{Range, RangeInclusive};

/// `count`, `countif`, `dcount`.
mod count;
/// `sum`, `avg`, `min`, `max`, and with `…if` under a condition.
mod measure;
/// `percentile(x, 95)`.
mod percentile;
/// `make_set`, `make_list`: the values as an array; `arg_min`, `arg_max`: the value of one row.
mod values;

/// An aggregation as the language knows it.
pub(crate) struct Aggregation {
    pub(crate) name: &'static str,
    /// Axiom's name of it in responses.
    pub(crate) wire_name: &'static str,
    /// What the result is called by default, before `_` and the field.
    pub(crate) prefix: &'static str,
    pub(crate) arguments: RangeInclusive<usize>,
    /// How it is written, for diagnostics.
    pub(crate) usage: &'static str,
    pub(crate) bind: fn(&mut Binder<'_, '_>, &Call) -> Bound<Value>,
}

const FAMILIES: &[&[Aggregation]] = &[
    count::AGGREGATIONS,
    measure::AGGREGATIONS,
    percentile::AGGREGATIONS,
    values::AGGREGATIONS,
];

pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    FAMILIES
        .iter()
        .flat_map(|family| family.iter())
        .map(|aggregation| aggregation.name)
}

fn find(name: &str) -> Option<&'static Aggregation> {
    FAMILIES
        .iter()
        .flat_map(|family| family.iter())
        .find(|aggregation| aggregation.name == name)
}

pub(crate) fn is_known(name: &str) -> bool {
    find(name).is_some()
}

/// Whether a call of an aggregation is anywhere in `expression`.
pub(crate) fn occur_in(expression: &Expression) -> bool {
    match &expression.node {
        Node::Call {
            function,
            arguments,
        } => is_known(function) || arguments.iter().any(occur_in),
        Node::Arithmetic { first, rest } => {
            occur_in(first) || rest.iter().any(|(_, operand)| occur_in(operand))
        }
        Node::Compare { left, right, .. } | Node::Match { left, right, .. } => {
            occur_in(left) || occur_in(right)
        }
        Node::Every(operands) | Node::Any(operands) => operands.iter().any(occur_in),
        Node::Negative(operand) => occur_in(operand),
        Node::HasAny { left, .. }
        | Node::In { left, .. }
        | Node::InTable { left, .. }
        | Node::Between { left, .. } => occur_in(left),
        Node::AnyField { .. }
        | Node::Scalar(_)
        | Node::Literal(_)
        | Node::Field(_)
        | Node::Path { .. }
        | Node::List(_) => false,
    }
}

/// Axiom's name for the result of an expression: an aggregation's own, or `computed`.
pub(crate) fn wire_name(expression: &Expression) -> &'static str {
    match &expression.node {
        Node::Call { function, .. } => find(function).map_or("computed", |found| found.wire_name),
        _ => "computed",
    }
}

/// `count_`, `avg_duration`, `percentile_duration_95`; the field's own name for `arg_min`.
pub(crate) fn default_name(function: &str, arguments: &[Expression]) -> Option<String> {
    let aggregation = find(function)?;
    let field = |place: usize| match arguments.get(place).map(|argument| &argument.node) {
        Some(Node::Field(name)) => name.as_str(),
        _ => "",
    };
    Some(
        match (
            aggregation.prefix,
            arguments.get(1).map(|argument| &argument.node),
        ) {
            ("", _) => field(1).to_owned(),
            ("percentile", Some(Node::Literal(Literal::Integer(rank)))) => {
                format!("percentile_{}_{rank}", field(0))
            }
            ("percentile", Some(Node::Literal(Literal::Float(rank)))) => {
                format!("percentile_{}_{rank}", field(0))
            }
            (prefix @ ("count" | "countif"), _) => format!("{prefix}_"),
            (prefix, _) => format!("{prefix}_{}", field(0)),
        },
    )
}

pub(crate) fn bind(
    binder: &mut Binder<'_, '_>,
    name: &str,
    arguments: &[Expression],
    range: &Range<usize>,
) -> Bound<Value> {
    let Some(aggregation) = find(name) else {
        return Err(binder.error(range, format!("unknown aggregation '{name}'")));
    };
    match std::mem::replace(&mut binder.aggregates, Aggregates::Refused) {
        Aggregates::Collected(collected) => binder.aggregates = Aggregates::Nested(collected),
        Aggregates::Nested(collected) => {
            binder.aggregates = Aggregates::Nested(collected);
            let message = format!("an aggregation cannot be inside another: found {name} in one");
            return Err(binder.error(range, message));
        }
        Aggregates::Refused => {
            let message = format!("{name} is an aggregation: expected it in summarize only");
            return Err(binder.error(range, message));
        }
    }
    let result = bind_arguments(binder, aggregation, arguments, range);
    if let Aggregates::Nested(collected) =
        std::mem::replace(&mut binder.aggregates, Aggregates::Refused)
    {
        binder.aggregates = Aggregates::Collected(collected);
    }
    result
}

fn bind_arguments(
    binder: &mut Binder<'_, '_>,
    aggregation: &Aggregation,
    arguments: &[Expression],
    range: &Range<usize>,
) -> Bound<Value> {
    functions::check_count(
        binder,
        &aggregation.arguments,
        aggregation.usage,
        arguments,
        range,
    )?;
    let bound: Vec<Bound<Value>> = arguments
        .iter()
        .map(|argument| binder.bind(argument))
        .collect();
    let values = bound.into_iter().collect::<Bound<Vec<Value>>>()?;
    let ranges = arguments
        .iter()
        .map(|argument| argument.range.clone())
        .collect();
    let call = Call {
        name: aggregation.name.to_owned(),
        range: range.clone(),
        values,
        ranges,
    };
    (aggregation.bind)(binder, &call)
}

impl Binder<'_, '_> {
    /// Has the plan compute `aggregate`, once, and gives the column it will be in.
    fn collect(&mut self, aggregate: Expr) -> Expr {
        let column = Column::new_unqualified(aggregate.schema_name().to_string());
        if let Aggregates::Nested(collected) | Aggregates::Collected(collected) =
            &mut self.aggregates
            && !collected.contains(&aggregate)
        {
            collected.push(aggregate);
        }
        Expr::Column(column)
    }
}
