//! # compare
//!
//! In which fields the rows that meet a condition differ from the others: a row for each value, the one that differs
//! most first. Beyond Axiom. All rows are counted, none is left out.
//!
//! ```apl
//! rows | compare condition [with condition] [on field, pattern*, …]
//! ```
//!
//! `selected` and `others` are how many of both have the value, `selected_share` and `others_share` those counts as
//! shares, `difference` the first share less the second, and `support` the share of the rows of both. `effect` is
//! Cohen's h, the distance between `2 * asin(sqrt(share))` of both shares: from 0, no difference, to π, all and none.
//! 0.2 is called small, 0.5 medium, 0.8 large. A null stands for the rows without the field.
//!
//! With `with`, the others are the rows that meet the second condition, without it those that do not meet the
//! first. Without `on`, all strings, numbers, booleans and timespans are compared, and the keys of maps, but no
//! ids, and none of the fields that the conditions read. Of each field the 20 values of the largest effect are
//! shown. Numbers are compared as they are if there are at most 100 different ones, else by ranges such as
//! `100ms..200ms`, whose end belongs to the next. A field with more than 100,000 different strings is compared by
//! whether it is there: its value is `(any)`. Of a map 1,000 keys are compared, each called as a query reads it:
//! `attributes.order.id`.
//!
//! ## Example
//!
//! ```apl
//! traces | compare error on name, kind | where effect > 1 | project field, value, selected, others, support
//! ```
//!
//! | field | value | selected | others | support |
//! |---|---|---|---|---|
//! | name | GET /instructors/{id} | 1 | 0 | 0.1 |
//! | name | SELECT instructors | 1 | 0 | 0.1 |

use super::{Surroundings, naming};
use crate::bind::pipeline::{Key, Order, Output};
use crate::bind::scope::Field;
use crate::bind::{Bound, Mark, Pipeline};
use crate::kernels::{self, contrast};
use crate::kind::Kind;
use crate::parser::{Parsed, Parser};
use crate::syntax::expression::Node;
use crate::syntax::stage::{Comparison, Pattern};
use crate::syntax::{Expression, Operator};
use arrow::datatypes::DataType;
use datafusion::common::{Column, UnnestOptions};
use datafusion::functions::core::expr_fn::get_field;
use datafusion::logical_expr::Expr;
use model::span;

pub(super) fn parse(parser: &mut Parser<'_, '_>) -> Parsed<Operator> {
    let selected = parser.expression()?;
    let others = match parser.take_word("with") {
        true => Some(parser.expression()?),
        false => None,
    };
    let fields = match parser.take_word("on") {
        true => parser.patterns()?,
        false => Vec::new(),
    };
    Ok(Operator::Compare(Comparison {
        selected,
        others,
        fields,
    }))
}

pub(super) fn bind(
    comparison: &Comparison,
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let mut marks = Vec::new();
    let selected = condition(&comparison.selected, &mut marks, pipeline, around);
    let others = comparison.others.as_ref();
    let others = others.map(|others| condition(others, &mut marks, pipeline, around));
    let on = named(&comparison.fields, pipeline, around);
    let (selected, others, on) = (selected?, others.transpose()?, on?);
    let fields = match comparison.fields.is_empty() {
        false => on,
        true => all_but(&[Some(&selected), others.as_ref()], pipeline),
    };
    if fields.is_empty() {
        return Err(around.error("there is no field to compare: expected 'on' and fields"));
    }
    let others = others.unwrap_or_else(|| Expr::IsNotTrue(Box::new(selected.clone())));
    pipeline.mark(marks, around.report, &around.range)?;
    let rows = Column::new_unqualified("|rows");
    pipeline.apply(around.report, &around.range, |plan| {
        let column = |name: &str| Expr::Column(Column::new_unqualified(name));
        let is_met = |condition| kernels::repeated(condition, DataType::Boolean);
        let mut read = vec![
            is_met(selected).alias("|selected"),
            is_met(others).alias("|others"),
        ];
        let mut compared = Vec::with_capacity(fields.len());
        for (place, (name, expr)) in fields.into_iter().enumerate() {
            let value = format!("|value {place}");
            read.push(expr.alias(&value));
            compared.push((name, column(&value)));
        }
        let contrast = contrast::of(column("|selected"), column("|others"), compared);
        let options = UnnestOptions::new().with_preserve_nulls(false);
        plan.project(read)?
            .aggregate(Vec::<Expr>::new(), [contrast.alias(&rows.name)])?
            .unnest_column_with_options(rows.clone(), options)
    })?;
    settle(&Expr::Column(rows), pipeline, around)
}

fn condition(
    condition: &Expression,
    marks: &mut Vec<Mark>,
    pipeline: &Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<Expr> {
    around.binder(pipeline).marking(marks).condition(condition)
}

/// The fields that `on` names.
fn named(
    patterns: &[Pattern],
    pipeline: &Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<Vec<(String, Expr)>> {
    let mut fields: Vec<(String, Expr)> = Vec::new();
    let mut result = Ok(());
    let mut add = |name: &str, expr: Expr| {
        if !fields.iter().any(|(known, _)| known == called(name)) {
            fields.push((called(name).to_owned(), expr));
        }
    };
    for pattern in patterns {
        if pattern.text.contains('*') {
            let is_meant = |field: &&Field| naming::matches(&pattern.text, &field.name);
            let meant = pipeline.scope.fields.iter().filter(is_meant);
            meant
                .filter(|field| is_comparable(field.kind))
                .for_each(|field| add(&field.name, field.expr()));
            continue;
        }
        let node = Node::Field(pattern.text.clone());
        let range = pattern.range.clone();
        let value = around.binder(pipeline).bind(&Expression { node, range });
        match value {
            Ok(value) if value.kind.is_some_and(is_comparable) => add(&pattern.text, value.expr),
            Ok(value) => {
                let message = format!(
                    "cannot compare {}: expected a string, a number, a boolean, a timespan or a map of attributes",
                    value.spoken()
                );
                result = Err(around.report.error(&pattern.range, message));
            }
            Err(failed) => result = Err(failed),
        }
    }
    result.map(|()| fields)
}

fn is_comparable(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Text | Kind::Integer | Kind::Float | Kind::Boolean | Kind::Timespan | Kind::Map
    )
}

/// All fields but ids, those without a value, and those that the conditions read: these differ anyway.
fn all_but(conditions: &[Option<&Expr>], pipeline: &Pipeline) -> Vec<(String, Expr)> {
    let conditions = conditions.iter().flatten();
    let read: Vec<&Column> = conditions
        .flat_map(|condition| condition.column_refs())
        .collect();
    let is_left_out = |field: &&Field| {
        let is_read = field.kind != Kind::Map && read.contains(&&field.column);
        is_read || field.is_of_its_row() || pipeline.is_absent(field)
    };
    let fields = pipeline.scope.fields.iter();
    let fields = fields.filter(|field| is_comparable(field.kind) && !is_left_out(field));
    let named = fields.map(|field| (called(&field.name).to_owned(), field.expr()));
    named.collect()
}

/// The name of a field in the answer: of a map of attributes, what stands before a key where a query reads it.
fn called(field: &str) -> &str {
    let prefix = match field {
        span::ATTRIBUTES_CUSTOM => span::ATTRIBUTE_PREFIX,
        span::RESOURCE_CUSTOM => span::RESOURCE_PREFIX,
        _ => field,
    };
    prefix.trim_end_matches('.')
}

/// Makes the rows' fields, and their order by default: the largest effect first.
fn settle(one: &Expr, pipeline: &mut Pipeline, around: &mut Surroundings<'_, '_>) -> Bound<()> {
    let output = |(name, kind): (&str, Kind)| Output {
        name: name.to_owned(),
        expr: get_field(one.clone(), name.to_owned()),
        kind,
        made: true,
        aggregation: None,
        weight: 1,
    };
    let outputs = [
        (contrast::FIELD, Kind::Text),
        (contrast::VALUE, Kind::Text),
        (contrast::SELECTED, Kind::Integer),
        (contrast::OTHERS, Kind::Integer),
        (contrast::SELECTED_SHARE, Kind::Float),
        (contrast::OTHERS_SHARE, Kind::Float),
        (contrast::DIFFERENCE, Kind::Float),
        (contrast::EFFECT, Kind::Float),
        (contrast::SUPPORT, Kind::Float),
    ];
    let outputs = outputs.map(output).into();
    pipeline.order = Order::default();
    (pipeline.groups, pipeline.bucket) = (Vec::new(), None);
    pipeline.project(outputs, around.report, &around.range)?;
    pipeline.order = Order::by(vec![
        Key::new(contrast::EFFECT, true),
        Key::new(contrast::FIELD, false),
        Key::new(contrast::VALUE, false),
    ]);
    pipeline.is_limited = false;
    Ok(())
}
