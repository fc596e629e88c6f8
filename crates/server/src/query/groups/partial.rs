//! The part of a summary that is made beside each scan: from the rows of one partition to a row a group.

use super::rows::Groups;
use super::tally::{counts_rows, tally};
use arrow::array::{ArrayRef, AsArray, BooleanArray, RecordBatch};
use arrow::datatypes::SchemaRef;
use datafusion::common::internal_datafusion_err;
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::error::Result;
use datafusion::execution::memory_pool::{MemoryConsumer, MemoryReservation};
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::logical_expr::{EmitTo, GroupsAccumulator};
use datafusion::physical_expr::aggregate::AggregateFunctionExpr;
use datafusion::physical_expr::{EquivalenceProperties, PhysicalExpr};
use datafusion::physical_plan::aggregates::AggregateExec;
use datafusion::physical_plan::execution_plan::{
    Boundedness, ChildrenPropertiesMode, EmissionType, ReplaceChildrenOptions,
};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::{
    DisplayAs, DisplayFormatType, ExecutionPlan, ExecutionPlanProperties, Partitioning,
    PlanProperties,
};
use futures::{StreamExt, stream};
use std::fmt;
use std::sync::Arc;

/// More groups than this are handed on before the input ends.
const GROUPS_MAX: usize = 1 << 16;

/// What DataFusion's partial summary gives, over inputs whose texts may be keys of dictionaries.
#[derive(Debug)]
pub(super) struct PartialGroups {
    summary: Arc<Summary>,
    /// Their partitions follow each other.
    inputs: Vec<Arc<dyn ExecutionPlan>>,
    properties: Arc<PlanProperties>,
}

/// What is made of rows.
#[derive(Debug)]
struct Summary {
    groups: Vec<Arc<dyn PhysicalExpr>>,
    measures: Vec<Arc<AggregateFunctionExpr>>,
    filters: Vec<Option<Arc<dyn PhysicalExpr>>>,
    /// Only the number of rows is asked for, by one field.
    is_tally: bool,
    schema: SchemaRef,
}

impl PartialGroups {
    pub(super) fn new(summary: &AggregateExec, inputs: Vec<Arc<dyn ExecutionPlan>>) -> Self {
        let summary = Summary {
            groups: summary.group_expr().input_exprs(),
            measures: summary.aggr_expr().to_vec(),
            filters: summary.filter_expr().to_vec(),
            is_tally: summary.group_expr().expr().len() == 1
                && summary.filter_expr().iter().all(Option::is_none)
                && summary.aggr_expr().iter().all(|it| counts_rows(it)),
            schema: summary.schema(),
        };
        Self::over(Arc::new(summary), inputs)
    }

    fn over(summary: Arc<Summary>, inputs: Vec<Arc<dyn ExecutionPlan>>) -> Self {
        let count = |input: &Arc<dyn ExecutionPlan>| input.output_partitioning().partition_count();
        let properties = PlanProperties::new(
            EquivalenceProperties::new(Arc::clone(&summary.schema)),
            Partitioning::UnknownPartitioning(inputs.iter().map(count).sum()),
            EmissionType::Both,
            Boundedness::Bounded,
        );
        Self {
            summary,
            inputs,
            properties: Arc::new(properties),
        }
    }
}

/// The groups of one partition so far.
struct Part {
    summary: Arc<Summary>,
    groups: Groups,
    states: Vec<Box<dyn GroupsAccumulator>>,
    of_rows: Vec<usize>,
    memory: MemoryReservation,
}

impl Part {
    fn new(summary: &Arc<Summary>, memory: MemoryReservation) -> Result<Self> {
        let states: Result<_> = summary
            .measures
            .iter()
            .map(|measure| measure.create_groups_accumulator())
            .collect();
        let fields = summary.schema.fields().iter().take(summary.groups.len());
        Ok(Self {
            groups: Groups::new(fields.map(|field| field.data_type().clone())),
            states: states?,
            summary: Arc::clone(summary),
            of_rows: Vec::new(),
            memory,
        })
    }

    /// Adds rows. What it gives is to be handed on: it holds too much.
    fn add(&mut self, batch: &RecordBatch) -> Result<Option<RecordBatch>> {
        let array =
            |expr: &Arc<dyn PhysicalExpr>| expr.evaluate(batch)?.into_array(batch.num_rows());
        let columns: Result<Vec<ArrayRef>> = self.summary.groups.iter().map(array).collect();
        let mut columns = columns?;
        let tally = match self.summary.is_tally {
            true => tally(&columns[0])?,
            false => None,
        };
        if let Some((once, rows)) = tally {
            columns[0] = once;
            self.groups.of(&columns, &mut self.of_rows)?;
            return self.add_counts(&rows);
        }
        self.groups.of(&columns, &mut self.of_rows)?;
        let count = self.groups.count();
        let measures = self.summary.measures.iter().zip(&self.summary.filters);
        for (state, (measure, filter)) in self.states.iter_mut().zip(measures) {
            let values: Result<Vec<ArrayRef>> = measure.expressions().iter().map(array).collect();
            let filter = filter.as_ref().map(array).transpose()?;
            let filter: Option<&BooleanArray> = filter.as_ref().map(AsArray::as_boolean);
            state.update_batch(&values?, &self.of_rows, filter, count)?;
        }
        self.take_if_full()
    }

    /// Adds rows of which only their number is asked for.
    fn add_counts(&mut self, rows: &ArrayRef) -> Result<Option<RecordBatch>> {
        let count = self.groups.count();
        for state in &mut self.states {
            state.merge_batch(std::slice::from_ref(rows), &self.of_rows, count)?;
        }
        self.take_if_full()
    }

    fn take_if_full(&mut self) -> Result<Option<RecordBatch>> {
        let states: usize = self.states.iter().map(|state| state.size()).sum();
        let is_room = self.memory.try_resize(self.groups.bytes() + states).is_ok();
        match is_room && self.groups.count() <= GROUPS_MAX {
            true => Ok(None),
            false => self.take().map(Some),
        }
    }

    /// The groups, which it forgets.
    fn take(&mut self) -> Result<RecordBatch> {
        let mut columns = self.groups.arrays()?;
        for state in &mut self.states {
            columns.extend(state.state(EmitTo::All)?);
        }
        let kinds = columns.iter().take(self.summary.groups.len());
        self.groups = Groups::new(kinds.map(|column| column.data_type().clone()));
        self.memory.free();
        Ok(RecordBatch::try_new(
            Arc::clone(&self.summary.schema),
            columns,
        )?)
    }
}

impl DisplayAs for PartialGroups {
    fn fmt_as(&self, _: DisplayFormatType, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self
            .summary
            .schema
            .fields()
            .iter()
            .map(|it| it.name())
            .collect();
        write!(f, "PartialGroups: {names:?}")
    }
}

impl ExecutionPlan for PartialGroups {
    fn name(&self) -> &'static str {
        "PartialGroups"
    }

    fn properties(&self) -> &Arc<PlanProperties> {
        &self.properties
    }

    fn children(&self) -> Vec<&Arc<dyn ExecutionPlan>> {
        self.inputs.iter().collect()
    }

    fn apply_expressions(
        &self,
        f: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> Result<TreeNodeRecursion>,
    ) -> Result<TreeNodeRecursion> {
        let Summary {
            groups, filters, ..
        } = self.summary.as_ref();
        let measured = self.summary.measures.iter().flat_map(|it| it.expressions());
        let all = groups
            .iter()
            .chain(filters.iter().flatten())
            .cloned()
            .chain(measured);
        let mut next = TreeNodeRecursion::Continue;
        for expr in all {
            next = f(&expr)?;
            if next == TreeNodeRecursion::Stop {
                break;
            }
        }
        Ok(next)
    }

    fn replace_children(
        self: Arc<Self>,
        children: Vec<Arc<dyn ExecutionPlan>>,
        _: ReplaceChildrenOptions,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        Ok(Arc::new(Self::over(Arc::clone(&self.summary), children)))
    }

    fn with_new_children(
        self: Arc<Self>,
        children: Vec<Arc<dyn ExecutionPlan>>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let anew = ReplaceChildrenOptions::new(ChildrenPropertiesMode::Recompute);
        self.replace_children(children, anew)
    }

    fn execute(
        &self,
        mut partition: usize,
        context: Arc<TaskContext>,
    ) -> Result<SendableRecordBatchStream> {
        let mut inputs = self.inputs.iter();
        let input = loop {
            let input = inputs
                .next()
                .ok_or_else(|| internal_datafusion_err!("there is no such partition"))?;
            let count = input.output_partitioning().partition_count();
            if partition < count {
                break input;
            }
            partition -= count;
        };
        let memory = MemoryConsumer::new("PartialGroups").register(context.memory_pool());
        let part = Part::new(&self.summary, memory)?;
        let rows = input.execute(partition, context)?;
        let groups = stream::try_unfold((rows, Some(part)), |(mut rows, part)| async move {
            let Some(mut part) = part else {
                return Ok(None);
            };
            while let Some(batch) = rows.next().await {
                if let Some(full) = part.add(&batch?)? {
                    return Ok(Some((full, (rows, Some(part)))));
                }
            }
            Ok(Some((part.take()?, (rows, None))))
        });
        Ok(Box::pin(RecordBatchStreamAdapter::new(
            Arc::clone(&self.summary.schema),
            groups,
        )))
    }
}
