//! How large expressions are when the optimizer writes out the fields they read.
//!
//! It moves filters below projections, and puts the expression of a field at every place that reads it.
//! Planning does not yield, so no deadline ends it: what would grow too large is refused before.

use super::{Bound, Scope};
use crate::diagnostic::Report;
use crate::limits::READS_MAX;
use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::logical_expr::Expr;
use std::ops::Range;

/// The weight of a field of this expression: its own nodes and those of the fields it reads.
pub(crate) fn of(expr: &Expr, scope: &Scope) -> usize {
    match expr {
        Expr::Column(_) => reads(expr, scope),
        _ => nodes(expr).saturating_add(reads(expr, scope)),
    }
}

/// The weights of the fields that an expression reads, each time it does.
pub(crate) fn reads(expr: &Expr, scope: &Scope) -> usize {
    let mut total = 0_usize;
    visit(expr, |node| {
        if let Expr::Column(column) = node {
            let field = scope.fields.iter().find(|field| field.column == *column);
            total = total.saturating_add(field.map_or(0, |field| field.weight));
        }
    });
    total
}

pub(crate) fn check(reads: usize, report: &mut Report<'_>, range: &Range<usize>) -> Bound<()> {
    if reads <= READS_MAX {
        return Ok(());
    }
    let message =
        "this reads fields computed from fields too often: expected fewer or simpler steps";
    Err(report.error(range, message))
}

/// How many nodes an expression has.
pub(crate) fn nodes(expr: &Expr) -> usize {
    let mut count = 0;
    visit(expr, |_| count += 1);
    count
}

fn visit(expr: &Expr, mut see: impl FnMut(&Expr)) {
    let visited = expr.apply(|node| {
        see(node);
        Ok(TreeNodeRecursion::Continue)
    });
    debug_assert!(visited.is_ok(), "nothing here can fail");
}
