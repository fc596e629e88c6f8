//! The aggregations of `summarize`, one file each with those that add a condition. The head of an aggregation's
//! file is its page in `docs/apl/` and its test. Nulls are skipped by all of them.

use crate::bind::{Aggregates, Binder, Bound, Value};
use crate::functions::{self, Call};
use crate::kind::Kind;
use crate::operators::implied_name;
use crate::syntax::expression::{Expression, Literal, Node};
use crate::syntax::stage::Item;
use datafusion::common::Column;
use datafusion::logical_expr::Expr;
use std::ops::{Range, RangeInclusive};

/// `arg_max`.
mod arg_max;
/// `arg_min`.
mod arg_min;
/// `avg`, `avgif`.
mod avg;
/// `count`.
mod count;
/// `countif`.
mod countif;
/// `dcount`, `dcountif`.
mod dcount;
/// `histogram`, `histogramif`.
mod histogram;
/// `make_bag`, `make_bag_if`.
mod make_bag;
/// `make_list`, `make_list_if`.
mod make_list;
/// `make_set`, `make_set_if`.
mod make_set;
/// `max`, `maxif`.
mod max;
/// `min`, `minif`.
mod min;
/// `percentile`, `percentileif`.
mod percentile;
/// `percentiles_array`, `percentiles`, `percentiles_arrayif`.
mod percentiles_array;
/// `phrases`.
mod phrases;
/// `presence`.
mod presence;
/// `rate`.
mod rate;
/// `spotlight`.
mod spotlight;
/// `stdev`, `stdevif`.
mod stdev;
/// `sum`, `sumif`.
mod sum;
/// `topk`, `topkif`.
mod topk;
/// `variance`, `varianceif`.
mod variance;

/// What aggregations of one field share.
mod measure;
/// Fields of the one row in which a value is smallest or largest.
mod of_row;
/// What makes a row for each value or bin.
mod of_rows;
/// Values gathered as an array.
mod values;

/// An aggregation as the language knows it.
#[derive(Debug)]
pub(crate) struct Aggregation {
    pub(crate) name: &'static str,
    /// Axiom's name of it in responses.
    pub(crate) wire_name: &'static str,
    /// What the result is called by default, before `_` and the field.
    pub(crate) prefix: &'static str,
    pub(crate) arguments: RangeInclusive<usize>,
    /// How it is written, for diagnostics.
    pub(crate) usage: &'static str,
    pub(crate) bind: Bind,
}

/// What an aggregation makes.
#[derive(Debug)]
pub(crate) enum Bind {
    /// One field.
    One(fn(&mut Binder<'_, '_>, &Call) -> Bound<Value>),
    /// Several fields or rows, where it is an item of its own; where it has a name or is in an expression it may
    /// make one field.
    Several {
        one: Option<fn(&mut Binder<'_, '_>, &Call) -> Bound<Value>>,
        several: fn(&mut Binder<'_, '_>, &[Expression]) -> Bound<Several>,
    },
    /// Rows of several fields, of which `*` is all.
    Fields(fn(&mut Binder<'_, '_>, &[Expression]) -> Bound<Several>),
}

/// Several fields that one aggregation makes.
#[derive(Debug)]
pub(crate) struct Several {
    /// A struct in each group, or a list of structs to be unfolded into rows.
    pub(crate) expr: Expr,
    pub(crate) unfolds: bool,
    pub(crate) parts: Vec<Part>,
    /// The parts by which the rows of a group are ordered, and whether each is descending.
    pub(crate) order: Vec<(usize, bool)>,
}

/// One of several fields.
#[derive(Debug)]
pub(crate) struct Part {
    /// Its name in the struct.
    pub(crate) inner: String,
    /// `None`: without a name of its own.
    pub(crate) name: Option<String>,
    pub(crate) kind: Kind,
}

const ALL: &[&[Aggregation]] = &[
    arg_max::AGGREGATIONS,
    arg_min::AGGREGATIONS,
    avg::AGGREGATIONS,
    count::AGGREGATIONS,
    countif::AGGREGATIONS,
    dcount::AGGREGATIONS,
    histogram::AGGREGATIONS,
    make_bag::AGGREGATIONS,
    make_list::AGGREGATIONS,
    make_set::AGGREGATIONS,
    max::AGGREGATIONS,
    min::AGGREGATIONS,
    percentile::AGGREGATIONS,
    percentiles_array::AGGREGATIONS,
    phrases::AGGREGATIONS,
    presence::AGGREGATIONS,
    rate::AGGREGATIONS,
    spotlight::AGGREGATIONS,
    stdev::AGGREGATIONS,
    sum::AGGREGATIONS,
    topk::AGGREGATIONS,
    variance::AGGREGATIONS,
];

pub(crate) fn all() -> impl Iterator<Item = &'static Aggregation> {
    ALL.iter().flat_map(|file| file.iter())
}

pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    all().map(|aggregation| aggregation.name)
}

fn find(name: &str) -> Option<&'static Aggregation> {
    all().find(|aggregation| aggregation.name == name)
}

pub(crate) fn is_known(name: &str) -> bool {
    find(name).is_some()
}

/// Whether the arguments of an aggregation may be `*` or have names.
pub(crate) fn takes_fields(name: &str) -> bool {
    find(name).is_some_and(|found| {
        matches!(
            found.bind,
            Bind::Several { one: Some(_), .. } | Bind::Fields(_)
        )
    })
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
        Node::Path { base, .. } => occur_in(base),
        Node::Named { value, .. } => occur_in(value),
        Node::AnyField { .. }
        | Node::Scalar(_)
        | Node::Literal(_)
        | Node::Field(_)
        | Node::List(_)
        | Node::Bag(_)
        | Node::Star => false,
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
    let name = |place: usize| {
        arguments
            .get(place)
            .and_then(implied_name)
            .unwrap_or_default()
    };
    Some(
        match (
            aggregation.prefix,
            arguments.get(1).map(|argument| &argument.node),
        ) {
            ("", _) => name(1),
            ("percentile", Some(Node::Literal(Literal::Integer(rank)))) => {
                format!("percentile_{}_{rank}", name(0))
            }
            ("percentile", Some(Node::Literal(Literal::Float(rank)))) => {
                let rank = rank.to_string().replace('.', "_");
                format!("percentile_{}_{rank}", name(0))
            }
            (prefix, _) => format!("{prefix}_{}", name(0)),
        },
    )
}

/// The several fields that an item makes; `None` of an item that makes one.
pub(crate) fn several(binder: &mut Binder<'_, '_>, item: &Item) -> Option<Bound<Several>> {
    let Node::Call {
        function,
        arguments,
    } = &item.expression.node
    else {
        return None;
    };
    let aggregation = find(function)?;
    let (one, several) = match aggregation.bind {
        Bind::One(_) => return None,
        Bind::Several { one, several } => (one, several),
        Bind::Fields(several) => (None, several),
    };
    if item.name.is_some() && one.is_some() {
        return None;
    }
    let range = &item.expression.range;
    Some(nested(binder, aggregation, range, |binder| {
        let allowed = &aggregation.arguments;
        functions::check_count(binder, allowed, aggregation.usage, arguments, range)?;
        let mut made = several(binder, arguments)?;
        if let (Some(name), Some(first)) = (&item.name, made.parts.first_mut()) {
            first.name = Some(name.clone());
        }
        Ok(made)
    }))
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
    nested(binder, aggregation, range, |binder| {
        bind_arguments(binder, aggregation, arguments, range)
    })
}

/// Runs `inner` where an aggregation may stand, and lets none stand inside it.
fn nested<T>(
    binder: &mut Binder<'_, '_>,
    aggregation: &Aggregation,
    range: &Range<usize>,
    inner: impl FnOnce(&mut Binder<'_, '_>) -> Bound<T>,
) -> Bound<T> {
    let name = aggregation.name;
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
    let result = inner(binder);
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
    let (Bind::One(bind)
    | Bind::Several {
        one: Some(bind), ..
    }) = aggregation.bind
    else {
        let message = format!(
            "{} makes rows: expected it as an item of its own, not in an expression",
            aggregation.name
        );
        return Err(binder.error(range, message));
    };
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
    bind(binder, &call)
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
