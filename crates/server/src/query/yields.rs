//! What makes many rows of few lets go between them. A join may make millions of rows of one batch that it reads, and never
//! wait for anything; a plan is stopped only where it waits. So each batch that a join gives counts against what a task
//! may do at a time, one without equal keys gets its rows a few at a time, and a query whose client is gone, or whose time is over, ends within a few batches.

/// The same rows in small batches.
mod small;

use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::error::Result;
use datafusion::physical_optimizer::PhysicalOptimizerRule;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::coop::CooperativeExec;
use datafusion::physical_plan::execution_plan::{ChildrenPropertiesMode, ReplaceChildrenOptions};
use datafusion::physical_plan::joins::NestedLoopJoinExec;
use datafusion::physical_plan::unnest::UnnestExec;
use small::SmallBatches;
use std::sync::Arc;

/// Puts [`CooperativeExec`] over joins and what unfolds lists.
#[derive(Debug)]
pub(super) struct Yields;

impl PhysicalOptimizerRule for Yields {
    fn optimize(
        &self,
        plan: Arc<dyn ExecutionPlan>,
        _: &ConfigOptions,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let wrapped = |node: Arc<dyn ExecutionPlan>| {
            let sides = node.downcast_ref::<NestedLoopJoinExec>().map(|join| {
                let right = SmallBatches::new(Arc::clone(join.right()));
                vec![Arc::clone(join.left()), Arc::new(right) as _]
            });
            let node = match sides {
                Some(sides) => {
                    let options = ReplaceChildrenOptions::new(ChildrenPropertiesMode::Recompute);
                    node.replace_children(sides, options)?
                }
                None => node,
            };
            let makes_many = node.children().len() == 2 || node.is::<UnnestExec>();
            Ok(match makes_many {
                true => Transformed::yes(Arc::new(CooperativeExec::new(node)) as _),
                false => Transformed::no(node),
            })
        };
        plan.transform_up(wrapped).data()
    }

    fn name(&self) -> &'static str {
        "yields"
    }

    fn schema_check(&self) -> bool {
        true
    }
}
