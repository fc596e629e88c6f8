//! The counters of a run: what counts rows counts those of one run of one plan.

use super::{guard, sampled};
use datafusion::common::Result;
use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::logical_expr::{Expr, LogicalPlan};

/// The plan to be run beside the one that it shares parts with: its counters begin at none.
pub(crate) fn anew(plan: LogicalPlan) -> Result<LogicalPlan> {
    let anew = plan.transform_up_with_subqueries(|node| {
        node.map_expressions(|expr| expr.transform_up(|part| Ok(with_own_counter(part))))
    });
    anew.map(|anew| anew.data)
}

fn with_own_counter(part: Expr) -> Transformed<Expr> {
    let Expr::ScalarFunction(call) = &part else {
        return Transformed::no(part);
    };
    let function = call.func.inner().as_ref();
    match guard::anew(function).or_else(|| sampled::anew(function)) {
        Some(anew) => Transformed::yes(anew),
        None => Transformed::no(part),
    }
}
