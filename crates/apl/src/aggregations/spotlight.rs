//! # spotlight
//!
//! What is different about the rows that meet a condition: a row for each field, those that differ most first; `*` is
//! all fields but ids and those that the condition reads. The rows that meet it are compared with all others.
//!
//! Of texts, booleans and integers of up to ten different values, shares are compared: `delta_score` is the share of
//! rows that would have to have another value to be as the others are, `effect_size` is Cramér's V, `p_value` that of
//! the χ² test, `value` the value whose share differs most; `selected` and `baseline` are its shares. No value is a
//! value, too. Of other numbers, timespans (in nanoseconds) and datetimes, `delta_score` is the largest difference of
//! the two distributions, `effect_size` is Cliff's delta, from -1 to 1, `p_value` that of the Mann-Whitney test;
//! `selected` and `baseline` are the medians, and `median_relative_change` is how far they are apart. Above some 30,000
//! different numbers in a group these are close, not exact. A field with more than 10,000 different texts says
//! nothing, and is left out.
//!
//! ```apl
//! spotlight(condition, field, …)
//! ```
//!
//! ## Example
//!
//! ```apl
//! traces | summarize spotlight(error, ['service.name'], duration, kind) | project field, delta_score = round(delta_score, 2), value, selected, baseline
//! ```
//!
//! | field | delta_score | value | selected | baseline |
//! |---|---|---|---|---|
//! | service.name | 1.0 | instainstru-preview-api | 1.0 | 0.0 |
//! | duration | 0.75 | null | 650000000.0 | 3235000.0 |
//! | kind | 0.5 | client | 0.5 | 0.25 |

use super::count::counting;
use super::{Aggregation, Bind};
use super::{Part, Several, of_row, of_rows};
use crate::bind::{Binder, Bound, Value, conversion};
use crate::kernels::{counts, spotlight};
use crate::kind::Kind;
use crate::syntax::Expression;
use crate::syntax::expression::Node;
use datafusion::common::Column;
use datafusion::logical_expr::{Expr, lit};
use std::collections::HashSet;

pub(super) const AGGREGATIONS: &[Aggregation] = &[Aggregation {
    name: "spotlight",
    wire_name: "spotlight",
    prefix: "spotlight",
    arguments: 2..=1024,
    usage: "spotlight(condition, field, …)",
    bind: Bind::Fields(several),
}];

fn several(binder: &mut Binder<'_, '_>, arguments: &[Expression]) -> Bound<Several> {
    let selected = of_rows::condition(binder, &arguments[0])?;
    let read = selected.column_refs().into_iter().cloned().collect();
    let others = Expr::IsNotTrue(Box::new(selected.clone()));
    let sides = [selected, others];
    let rows = sides.clone().map(|side| {
        let rows = counting(lit(1_i64), false, Some(side));
        binder.collect(rows)
    });
    let mut compared = Vec::new();
    for argument in &arguments[1..] {
        let of_all = matches!(argument.node, Node::Star);
        let mut fields = of_row::present(binder, argument)?;
        if of_all {
            fields.retain(|(name, _)| tells(binder, name.as_deref(), &read));
        }
        for (name, value) in fields {
            let kind = value.kind.unwrap_or(Kind::Text);
            if !kind.is_groupable() {
                if of_all {
                    continue;
                }
                let message = format!("cannot compare {}: name a key of it", kind.spoken());
                return Err(binder.error(&argument.range, message));
            }
            let counts = sides
                .clone()
                .map(|side| binder.collect(counted(value.clone(), kind, side)));
            compared.push(spotlight::Compared {
                name: name.unwrap_or_else(|| "Column1".to_owned()),
                is_integer: kind == Kind::Integer,
                counts,
            });
        }
    }
    let part = |(name, kind): (&str, Kind)| Part {
        inner: name.to_owned(),
        name: Some(name.to_owned()),
        kind,
    };
    Ok(Several {
        expr: spotlight::compared(rows, compared),
        unfolds: true,
        parts: spotlight::PARTS.into_iter().map(part).collect(),
        order: vec![(1, true), (0, false)],
    })
}

/// Whether a field of `*` can tell something: not ids, nor what the condition reads, which differs anyway.
fn tells(binder: &Binder<'_, '_>, name: Option<&str>, read: &HashSet<Column>) -> bool {
    let field = name.and_then(|name| binder.scope.get(name));
    !field.is_some_and(|field| field.is_of_its_row() || read.contains(&field.column))
}

/// How often each value is on one side.
fn counted(value: Value, kind: Kind, side: Expr) -> Expr {
    match kind {
        Kind::Integer | Kind::Float | Kind::Timespan | Kind::Datetime => {
            counts::of_numbers(conversion::to(Kind::Float, value), Some(side))
        }
        _ => counts::of_few_values(conversion::to(Kind::Text, value), Some(side)),
    }
}
