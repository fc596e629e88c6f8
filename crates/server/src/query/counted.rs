//! Conditions that count rows, as `at_most` does before a join, stay behind the conditions below them. The engine
//! would push them down to where the rows are read, and there they count those that the query leaves out as well.

/// A node that no condition passes.
mod barrier;

use barrier::Barrier;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::error::Result;
use datafusion::physical_expr_common::physical_expr::is_volatile;
use datafusion::physical_optimizer::PhysicalOptimizerRule;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::projection::ProjectionExec;
use std::sync::Arc;

/// Puts a [`Barrier`] over what computes something volatile. Comes before the engine's own rules.
#[derive(Debug)]
pub(super) struct Counted;

impl PhysicalOptimizerRule for Counted {
    fn optimize(
        &self,
        plan: Arc<dyn ExecutionPlan>,
        _: &ConfigOptions,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let guarded = |node: Arc<dyn ExecutionPlan>| {
            let projection = node.downcast_ref::<ProjectionExec>();
            let counts = projection
                .is_some_and(|it| it.expr().iter().any(|computed| is_volatile(&computed.expr)));
            Ok(match counts {
                true => Transformed::yes(Arc::new(Barrier::new(node)) as _),
                false => Transformed::no(node),
            })
        };
        plan.transform_up(guarded).data()
    }

    fn name(&self) -> &'static str {
        "counted"
    }

    fn schema_check(&self) -> bool {
        true
    }
}
