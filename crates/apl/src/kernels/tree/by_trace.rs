//! How the aggregates over traces run: the rows of a trace are brought together once, as they come, and gathered there.
//! DataFusion would gather them in each part of the plan first, which makes sums smaller, but not lists of spans: it
//! would hold all of them twice, and hand them on in very large batches.

use super::{contributions, reached};
use datafusion::common::Result;
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::{Transformed, TransformedResult, TreeNode};
use datafusion::physical_expr::Partitioning;
use datafusion::physical_optimizer::PhysicalOptimizerRule;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::aggregates::{AggregateExec, AggregateMode};
use datafusion::physical_plan::repartition::RepartitionExec;
use std::sync::Arc;

/// Has trees of traces made in one step. A session without this rule gives the same rows, with more memory.
#[derive(Debug)]
pub struct ByTrace;

impl PhysicalOptimizerRule for ByTrace {
    fn optimize(
        &self,
        plan: Arc<dyn ExecutionPlan>,
        _: &ConfigOptions,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let replaced = |node: Arc<dyn ExecutionPlan>| {
            let new = node.downcast_ref::<AggregateExec>().map(in_one_step);
            Ok(match new.transpose()?.flatten() {
                Some(new) => Transformed::yes(new),
                None => Transformed::no(node),
            })
        };
        plan.transform_up(replaced).data()
    }

    fn name(&self) -> &'static str {
        "trees_by_trace"
    }

    fn schema_check(&self) -> bool {
        true
    }
}

/// `None` of other aggregates, and of those that are in one step.
fn in_one_step(whole: &AggregateExec) -> Result<Option<Arc<dyn ExecutionPlan>>> {
    let names = [reached::NAME, contributions::NAME];
    let mut aggregates = whole.aggr_expr().iter();
    let is_of_trees = aggregates.any(|it| names.contains(&it.fun().name()));
    let exchange = whole.input().downcast_ref::<RepartitionExec>();
    let (AggregateMode::FinalPartitioned, true, Some(exchange)) =
        (whole.mode(), is_of_trees, exchange)
    else {
        return Ok(None);
    };
    let parts = exchange.input().downcast_ref::<AggregateExec>();
    let (Some(parts), Partitioning::Hash(_, count)) = (parts, exchange.partitioning()) else {
        return Ok(None);
    };
    let keys = parts.group_expr().input_exprs();
    let rows =
        RepartitionExec::try_new(Arc::clone(parts.input()), Partitioning::Hash(keys, *count))?;
    let new = AggregateExec::try_new(
        AggregateMode::SinglePartitioned,
        parts.group_expr().clone(),
        parts.aggr_expr().to_vec(),
        parts.filter_expr().to_vec(),
        Arc::new(rows),
        parts.input_schema(),
    )?;
    Ok(Some(Arc::new(new)))
}
