//! `EXISTS` of a query that reads nothing of the row it stands in: its answer is the same for all rows, and one row of
//! it is enough. The engine would compare each row with all of them.

use datafusion::common::Result;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::logical_expr::expr::Exists;
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder, Subquery};
use std::sync::Arc;

/// The plan, in which such a query gives at most one row.
pub(crate) fn of_one_row(plan: LogicalPlan) -> Result<LogicalPlan> {
    let limited = plan.transform_up_with_subqueries(|node| {
        node.map_expressions(|expr| {
            expr.transform_up(|expr| match expr {
                Expr::Exists(exists) if exists.subquery.outer_ref_columns.is_empty() => {
                    limited(exists).map(Transformed::yes)
                }
                other => Ok(Transformed::no(other)),
            })
        })
    });
    limited.data()
}

fn limited(exists: Exists) -> Result<Expr> {
    let plan = Arc::unwrap_or_clone(exists.subquery.subquery);
    let plan = LogicalPlanBuilder::from(plan).limit(0, Some(1))?.build()?;
    let subquery = Subquery {
        subquery: Arc::new(plan),
        ..exists.subquery
    };
    Ok(Expr::Exists(Exists { subquery, ..exists }))
}
