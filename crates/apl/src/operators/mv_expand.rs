//! # mv-expand
//!
//! A row for each element of an array, in which the array's field holds the element; of a map, for each of its
//! keys, as a map of that key alone, or with `kind=array` as an array of the key and its value. Several arrays unfold in
//! step, the shorter ones filled up with nulls. A row whose arrays are all empty or null stays one row.
//!
//! ```apl
//! rows | mv-expand [kind=bag|array] [with_itemindex=field] field [to typeof(type)], … [limit n]
//! ```
//!
//! `limit` bounds the rows made of one row.
//!
//! ## Example
//!
//! ```apl
//! datatable (k:string, n:long) ["a", 1, "a", 2, "b", 3]
//! | summarize ns = make_list(n) by k | mv-expand ns
//! ```
//!
//! | k | ns |
//! |---|---|
//! | a | 1 |
//! | a | 2 |
//! | b | 3 |

use super::{Surroundings, extend, naming};
use crate::bind::pipeline::{Key, Output};
use crate::bind::scope::Field;
use crate::bind::{Bound, Pipeline, Value, conversion};
use crate::kernels::{self, json, list};
use crate::kind::Kind;
use crate::lexer::Shape;
use crate::parser::{Parsed, Parser};
use crate::syntax::Operator;
use crate::syntax::stage::{Expansion, Item};
use arrow::datatypes::DataType;
use datafusion::common::{Column, UnnestOptions};
use datafusion::functions_nested::expr_fn::array_slice;
use datafusion::logical_expr::lit;

pub(super) fn parse(parser: &mut Parser<'_, '_>) -> Parsed<Operator> {
    let (mut index, mut as_pairs) = (None, false);
    loop {
        parser.offer_words(&["with_itemindex=", "kind="]);
        let is_option = *parser.peek_at(1) == Shape::Sign("=");
        if is_option && parser.take_word("with_itemindex") {
            parser.expect_sign("=")?;
            index = Some(parser.name()?);
        } else if is_option && (parser.take_word("kind") || parser.take_word("bagexpansion")) {
            parser.expect_sign("=")?;
            as_pairs = parser.take_word("array");
            if !as_pairs && !parser.take_word("bag") {
                return Err(parser.expected("bag or array"));
            }
        } else {
            break;
        }
    }
    let items = parser.comma_separated(item)?;
    let most = match parser.take_word("limit") {
        true => Some(parser.row_count()?),
        false => None,
    };
    Ok(Operator::MvExpand(Expansion {
        index,
        as_pairs,
        items,
        most,
    }))
}

/// `a`, `a = x`, `a to typeof(long)`
fn item(parser: &mut Parser<'_, '_>) -> Parsed<(Item, Option<Kind>)> {
    let item = parser.item()?;
    if !parser.take_word("to") {
        return Ok((item, None));
    }
    parser.expect_word("typeof")?;
    parser.expect_sign("(")?;
    let kind = parser.kind()?;
    parser.expect_sign(")")?;
    Ok((item, Some(kind)))
}

pub(super) fn bind(
    expansion: &Expansion,
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let items: Vec<Item> = expansion
        .items
        .iter()
        .map(|(item, _)| item.clone())
        .collect();
    let arrays = naming::outputs(&items, pipeline, around)?;
    for (array, item) in arrays.iter().zip(&items) {
        if !array.kind.is_json() {
            let message = format!("expected an array, found {}", array.kind.spoken());
            return Err(around.report.error(&item.expression.range, message));
        }
    }
    let names: Vec<String> = arrays.iter().map(|array| array.name.clone()).collect();
    let wanted = expansion.items.iter().map(|(_, kind)| *kind);
    extend::add(arrays, pipeline, around)?;
    let kinds = prepare(&names, expansion, pipeline, around)?;
    unfold(&names, &kinds, expansion.index.as_deref(), pipeline, around)?;
    let converted: Vec<Output> = names
        .iter()
        .zip(wanted)
        .filter_map(|(name, wanted)| {
            let (field, kind) = (pipeline.scope.get(name)?, wanted?);
            Some(Output {
                expr: conversion::to(kind, Value::new(field.expr(), field.kind)),
                kind,
                made: true,
                ..Output::kept(field)
            })
        })
        .collect();
    extend::add(converted, pipeline, around)
}

/// Makes of the arrays what is unfolded: lists cut to the limit, null when empty, and their places beside them.
/// Gives the kinds of their elements.
fn prepare(
    names: &[String],
    expansion: &Expansion,
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<Vec<Kind>> {
    let mut outputs: Vec<Output> = Vec::with_capacity(names.len() + 1);
    let mut kinds = Vec::with_capacity(names.len());
    for name in names {
        let Some(field) = pipeline.scope.get(name) else {
            continue;
        };
        let mut output = Output::kept(field);
        output.made = true;
        let mut held = pipeline.data_type(field);
        let element = match &held {
            DataType::List(element) => {
                Kind::of(element.data_type()).filter(|kind| kind.is_scalar())
            }
            _ => None,
        };
        if element.is_none() {
            let array = json::quoted(Value::new(output.expr, output.kind));
            (output.expr, held) = list::of_json(array.expr, expansion.as_pairs);
        }
        kinds.push(element.unwrap_or(Kind::Dynamic));
        if let Some(most) = expansion.most {
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            output.expr = array_slice(output.expr, lit(1_i64), lit(most), None);
        }
        output.expr = list::or_null(output.expr, held);
        outputs.push(output);
    }
    if let (Some(index), Some(first)) = (&expansion.index, outputs.first()) {
        outputs.push(Output {
            name: index.clone(),
            expr: list::places(first.expr.clone()),
            ..first.clone()
        });
    }
    outputs.extend(keys(names, pipeline));
    extend::add(outputs, pipeline, around)?;
    Ok(kinds)
}

/// The fields that the planner takes for keys of the rows, as values like others.
fn keys(names: &[String], pipeline: &Pipeline) -> Vec<Output> {
    let schema = pipeline.plan.schema();
    let of_keys = schema
        .functional_dependencies()
        .iter()
        .flat_map(|dependence| &dependence.source_indices);
    let columns: Vec<Column> = of_keys
        .map(|place| Column::from(schema.qualified_field(*place)))
        .collect();
    let is_key = |field: &&Field| columns.contains(&field.column) && !names.contains(&field.name);
    let keys = pipeline.scope.fields.iter().filter(is_key);
    keys.map(|field| Output {
        expr: kernels::repeated(field.expr(), pipeline.data_type(field)),
        ..Output::kept(field)
    })
    .collect()
}

fn unfold(
    names: &[String],
    kinds: &[Kind],
    index: Option<&str>,
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let unfolded = names.iter().map(String::as_str).chain(index);
    let columns = unfolded
        .filter_map(|name| pipeline.scope.get(name))
        .map(|field| field.column.clone())
        .collect();
    pipeline.apply(around.report, &around.range, |plan| {
        plan.unnest_columns_with_options(columns, UnnestOptions::default())
    })?;
    for field in &mut pipeline.scope.fields {
        let kind = match names.iter().position(|name| *name == field.name) {
            Some(place) => Some(kinds[place]),
            None => (index == Some(field.name.as_str())).then_some(Kind::Integer),
        };
        if let Some(kind) = kind {
            field.kind = kind;
            // The plan's node leaves nothing but the name of an unfolded column.
            field.column = Column::new_unqualified(&field.name);
        }
    }
    pipeline.is_limited = false;
    pipeline.order.is_applied = false;
    if let Some(index) = index.filter(|_| !pipeline.order.keys.is_empty()) {
        pipeline.order.keys.push(Key::new(index, false));
    }
    Ok(())
}
