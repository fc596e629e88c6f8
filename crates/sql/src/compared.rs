//! Timespans and numbers in `BETWEEN`, `IN` and `CASE x WHEN`: what one is compared with there is read as beside `=`.
//! The planner asks no one about these, so that its plan is rewritten.

use crate::operators::{is_number, is_timespan, number_or, timespan_or};
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::common::{DFSchema, Result};
use datafusion::logical_expr::expr_rewriter::NamePreserver;
use datafusion::logical_expr::utils::merge_schema;
use datafusion::logical_expr::{Expr, LogicalPlan};

/// The plan, in which a timespan is compared with timespans, and a number with numbers.
pub(crate) fn with_one_type(plan: LogicalPlan) -> Result<LogicalPlan> {
    let rewritten = plan.transform_up_with_subqueries(|node| {
        let schema = merge_schema(&node.inputs());
        let names = NamePreserver::new(&node);
        let rewritten = node.map_expressions(|expr| {
            let name = names.save(&expr);
            let rewritten = expr.transform_up(|expr| read(expr, &schema))?;
            Ok(rewritten.update_data(|expr| name.restore(expr)))
        })?;
        match rewritten.transformed {
            true => rewritten.map_data(LogicalPlan::recompute_schema),
            false => Ok(rewritten),
        }
    });
    rewritten.data()
}

/// One comparison of timespans or numbers; any other expression as it is.
fn read(mut expr: Expr, schema: &DFSchema) -> Result<Transformed<Expr>> {
    let compared: Vec<&mut Expr> = match &mut expr {
        Expr::Between(between) => vec![&mut between.expr, &mut between.low, &mut between.high],
        Expr::InList(within) => {
            let first = std::iter::once(within.expr.as_mut());
            first.chain(&mut within.list).collect()
        }
        Expr::Case(case) => {
            let cases = case
                .when_then_expr
                .iter_mut()
                .map(|(when, _)| when.as_mut());
            match &mut case.expr {
                Some(of) => std::iter::once(of.as_mut()).chain(cases).collect(),
                None => Vec::new(),
            }
        }
        _ => Vec::new(),
    };
    if compared.iter().any(|one| is_timespan(one, schema)) {
        for one in compared {
            if !is_timespan(one, schema) {
                *one = timespan_or(one.clone(), schema, true)?;
            }
        }
        return Ok(Transformed::yes(expr));
    }
    if compared.iter().any(|one| is_number(one, schema)) {
        for one in compared {
            *one = number_or(one.clone(), schema);
        }
        return Ok(Transformed::yes(expr));
    }
    Ok(Transformed::no(expr))
}
