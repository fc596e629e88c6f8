//! The same rows in small batches. A join without equal keys compares each row of a batch with all rows of its
//! other side before it looks up: small batches let it be stopped in between.

use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::error::Result;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_expr::PhysicalExpr;
use datafusion::physical_plan::coop::make_cooperative;
use datafusion::physical_plan::execution_plan::{
    CardinalityEffect, ReplaceChildrenOptions, SchedulingType,
};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::{DisplayAs, DisplayFormatType, ExecutionPlan, PlanProperties};
use futures::{StreamExt, TryStreamExt, stream};
use std::fmt;
use std::sync::Arc;

/// What is done before the next look grows with the other side all the same: with a hundred thousand rows there, the
/// next query was answered at once (release build); with twice as many and a dear condition it was not (debug build).
const ROWS: usize = 128;

#[derive(Debug)]
pub(super) struct SmallBatches {
    input: Arc<dyn ExecutionPlan>,
    properties: Arc<PlanProperties>,
}

impl SmallBatches {
    pub(super) fn new(input: Arc<dyn ExecutionPlan>) -> Self {
        let properties = input.properties().as_ref().clone();
        let properties = properties.with_scheduling_type(SchedulingType::Cooperative);
        Self {
            input,
            properties: Arc::new(properties),
        }
    }
}

impl DisplayAs for SmallBatches {
    fn fmt_as(&self, _: DisplayFormatType, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SmallBatches: {ROWS} rows")
    }
}

impl ExecutionPlan for SmallBatches {
    fn name(&self) -> &'static str {
        "SmallBatches"
    }

    fn properties(&self) -> &Arc<PlanProperties> {
        &self.properties
    }

    fn children(&self) -> Vec<&Arc<dyn ExecutionPlan>> {
        vec![&self.input]
    }

    fn apply_expressions(
        &self,
        _: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> Result<TreeNodeRecursion>,
    ) -> Result<TreeNodeRecursion> {
        Ok(TreeNodeRecursion::Continue)
    }

    fn maintains_input_order(&self) -> Vec<bool> {
        vec![true]
    }

    fn cardinality_effect(&self) -> CardinalityEffect {
        CardinalityEffect::Equal
    }

    fn replace_children(
        self: Arc<Self>,
        mut children: Vec<Arc<dyn ExecutionPlan>>,
        _: ReplaceChildrenOptions,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        Ok(Arc::new(Self::new(children.remove(0))))
    }

    fn with_new_children(
        self: Arc<Self>,
        mut children: Vec<Arc<dyn ExecutionPlan>>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        Ok(Arc::new(Self::new(children.remove(0))))
    }

    fn execute(
        &self,
        partition: usize,
        context: Arc<TaskContext>,
    ) -> Result<SendableRecordBatchStream> {
        let small = self
            .input
            .execute(partition, context)?
            .map_ok(|batch| {
                let starts = (0..batch.num_rows()).step_by(ROWS);
                let parts: Vec<_> = starts
                    .map(|start| Ok(batch.slice(start, ROWS.min(batch.num_rows() - start))))
                    .collect();
                stream::iter(parts)
            })
            .try_flatten();
        Ok(make_cooperative(Box::pin(RecordBatchStreamAdapter::new(
            self.input.schema(),
            small.boxed(),
        ))))
    }
}
