//! Datasets as the planner puts them into a plan: the rows that APL sees, with the fields that it makes of others. What
//! is in them is APL's, and no more to be looked at than by its size.

use crate::verify::Cost;
use apl::for_sql::Rows;
use datafusion::common::Result;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode, TreeNodeRecursion};
use datafusion::logical_expr::{EmptyRelation, Expr, LogicalPlan, SubqueryAlias};
use std::collections::HashMap;
use std::sync::Arc;

/// The datasets of a query, by name.
#[derive(Debug, Default)]
pub(crate) struct Views(HashMap<String, View>);

/// A dataset.
#[derive(Debug)]
pub(crate) struct View {
    plan: LogicalPlan,
    /// What each of its fields costs where it is read.
    pub(crate) costs: Vec<Cost>,
}

impl Views {
    pub(crate) fn add(&mut self, dataset: &str, rows: &Rows) -> Result<()> {
        let calls = calls(&rows.plan)?;
        let mut costs = Vec::new();
        for (field, expr) in rows
            .plan
            .schema()
            .fields()
            .iter()
            .zip(rows.plan.expressions())
        {
            let made = rows.virtual_fields.get(field.name());
            costs.push(Cost {
                nodes: nodes(&expr)?.saturating_add(made.copied().unwrap_or(0)),
                // Functions of APL are not told apart: each may make texts.
                texts: if made.is_some() { calls } else { 0 },
            });
        }
        let plan = rows.plan.clone();
        self.0.insert(dataset.to_owned(), View { plan, costs });
        Ok(())
    }

    /// The dataset that this is.
    pub(crate) fn of(&self, plan: &LogicalPlan) -> Option<&View> {
        let LogicalPlan::SubqueryAlias(named) = plan else {
            return None;
        };
        let view = self.0.get(named.alias.table())?;
        (*named.input == view.plan).then_some(view)
    }

    /// A plan over datasets of the same fields, of which nothing more is known.
    pub(crate) fn left_out(&self, plan: LogicalPlan) -> Result<LogicalPlan> {
        let without = plan.transform_down_with_subqueries(|node| {
            if self.of(&node).is_none() {
                return Ok(Transformed::no(node));
            }
            let LogicalPlan::SubqueryAlias(named) = node else {
                return Ok(Transformed::no(node));
            };
            let nothing = LogicalPlan::EmptyRelation(EmptyRelation {
                produce_one_row: false,
                schema: Arc::clone(named.input.schema()),
            });
            let named = SubqueryAlias::try_new(Arc::new(nothing), named.alias)?;
            let node = LogicalPlan::SubqueryAlias(named);
            Ok(Transformed::new(node, true, TreeNodeRecursion::Jump))
        });
        without.data()
    }
}

/// Calls of functions in a plan.
fn calls(plan: &LogicalPlan) -> Result<usize> {
    let mut calls = 0;
    plan.apply(|node| {
        node.apply_expressions(|expr| {
            expr.apply(|part| {
                calls += usize::from(matches!(part, Expr::ScalarFunction(_)));
                Ok(TreeNodeRecursion::Continue)
            })
        })
    })?;
    Ok(calls)
}

fn nodes(expr: &Expr) -> Result<usize> {
    let mut nodes = 0;
    expr.apply(|_| {
        nodes += 1;
        Ok(TreeNodeRecursion::Continue)
    })?;
    Ok(nodes)
}
