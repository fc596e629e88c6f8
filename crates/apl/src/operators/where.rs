//! # where, filter
//!
//! Keeps the rows for which the condition is true. `* has "x"` is true when any field has it; `k in (query)`
//! looks for `k` in the first field of a table.
//!
//! ```apl
//! rows | where condition
//! ```
//!
//! ## Example
//!
//! ```apl
//! datatable (a:long) [1, 3, 2] | where a > 1
//! ```
//!
//! | a |
//! |---|
//! | 3 |
//! | 2 |

use super::Surroundings;
use crate::bind::{self, Bound, Pipeline};
use crate::parser::{Parsed, Parser};
use crate::syntax::{Expression, Operator};
use datafusion::logical_expr::Expr;

pub(super) fn parse(parser: &mut Parser<'_, '_>) -> Parsed<Operator> {
    Ok(Operator::Where(parser.expression()?))
}

pub(super) fn bind(
    condition: &Expression,
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let mut marks = Vec::new();
    let mut binder = around.binder(pipeline).marking(&mut marks);
    binder.in_filter = true;
    let condition = binder.condition(condition)?;
    let filter = bind::as_filter(condition);
    if marks.is_empty() {
        return pipeline.filter(filter, around.report, &around.range);
    }
    let own = pipeline.plan.schema().columns();
    pipeline.mark(marks, around.report, &around.range)?;
    pipeline.filter(filter, around.report, &around.range)?;
    pipeline.apply(around.report, &around.range, |plan| {
        plan.project(own.into_iter().map(Expr::Column))
    })
}
