//! # sort, order
//!
//! The rows in this order; `order by` is the same. Descending unless it says `asc`; null is the smallest value,
//! unless it says `nulls first` or `nulls last`.
//!
//! ```apl
//! rows | sort by expression [asc | desc] [nulls first | nulls last], …
//! ```
//!
//! ## Example
//!
//! ```apl
//! datatable (a:long) [1, 3, 2] | sort by a
//! ```
//!
//! | a |
//! |---|
//! | 3 |
//! | 2 |
//! | 1 |

use super::Surroundings;
use crate::bind::pipeline::{Key, Order};
use crate::bind::{Bound, Pipeline};
use crate::parser::{Parsed, Parser};
use crate::syntax::Operator;
use crate::syntax::stage::SortKey;
use datafusion::logical_expr::{Expr, SortExpr};

pub(super) fn parse(parser: &mut Parser<'_, '_>) -> Parsed<Operator> {
    parser.expect_word("by")?;
    Ok(Operator::Sort(parser.sort_keys()?))
}

pub(super) fn bind(
    keys: &[SortKey],
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let bound: Vec<Bound<SortExpr>> = keys
        .iter()
        .map(|key| sort_key(key, pipeline, around))
        .collect();
    let sorts = bound.into_iter().collect::<Bound<Vec<SortExpr>>>()?;
    let keys = named(&sorts, pipeline);
    if keys.len() == sorts.len() {
        pipeline.order = Order {
            is_asked: true,
            ..Order::by(keys)
        };
        return Ok(());
    }
    pipeline.apply(around.report, &around.range, |plan| {
        plan.sort(sorts.clone())
    })?;
    pipeline.order = Order {
        sorts,
        is_asked: true,
        keys,
        is_applied: true,
        is_partial: true,
    };
    Ok(())
}

fn sort_key(
    key: &SortKey,
    pipeline: &Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<SortExpr> {
    let value = around.binder(pipeline).bind(&key.expression)?;
    if value.kind.is_some_and(|kind| !kind.is_scalar()) {
        let message = format!("cannot sort by {}: expected a single value", value.spoken());
        return Err(around.report.error(&key.expression.range, message));
    }
    Ok(value
        .expr
        .sort(!key.descending, key.nulls_first.unwrap_or(!key.descending)))
}

/// The keys that are fields, up to the first that is not.
fn named(sorts: &[SortExpr], pipeline: &Pipeline) -> Vec<Key> {
    let key_of = |sort: &SortExpr| match &sort.expr {
        Expr::Column(column) => {
            let field = pipeline
                .scope
                .fields
                .iter()
                .find(|field| field.column == *column)?;
            let name = field.name.clone();
            Some(Key {
                name,
                descending: !sort.asc,
                nulls_first: sort.nulls_first,
            })
        }
        _ => None,
    };
    sorts.iter().map_while(key_of).collect()
}
