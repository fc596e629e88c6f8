//! The aggregate that makes summaries: of all groups at once, or of all rows when a query has no groups.
//! Its state and its result are the same, a column of summaries; so partial results merge into whole ones.

use super::Quantity;
use super::state::{self, Summaries};
use super::summary::Summary;
use crate::kernels::groups::passes;
use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, PrimitiveArray};
use arrow::datatypes::{DataType, Field, FieldRef};
use datafusion::common::{Result, ScalarValue, plan_err};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::{AggregateOrderSensitivity, format_state_name};
use datafusion::logical_expr::{
    Accumulator, AggregateUDFImpl, EmitTo, GroupsAccumulator, Signature, Volatility,
};
use std::sync::Arc;

#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Summarize {
    signature: Signature,
}

impl Summarize {
    pub(super) fn new() -> Self {
        let numbers = vec![DataType::Int64, DataType::Float64];
        Self {
            signature: Signature::uniform(1, numbers, Volatility::Immutable),
        }
    }
}

impl AggregateUDFImpl for Summarize {
    fn name(&self) -> &str {
        "percentile_summary"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, arguments: &[DataType]) -> Result<DataType> {
        match arguments {
            [values @ (DataType::Int64 | DataType::Float64)] => Ok(state::data_type(values)),
            other => plan_err!("could not summarize {other:?}: expected integers or floats"),
        }
    }

    fn state_fields(&self, args: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        let name = format_state_name(args.name, "summary");
        let state = args.return_field.data_type().clone();
        Ok(vec![Arc::new(Field::new(name, state, true))])
    }

    fn accumulator(&self, args: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        match args.expr_fields[0].data_type() {
            DataType::Int64 => Ok(Box::new(Whole::<i64>::default())),
            _ => Ok(Box::new(Whole::<f64>::default())),
        }
    }

    fn groups_accumulator_supported(&self, _: AccumulatorArgs) -> bool {
        true
    }

    fn create_groups_accumulator(
        &self,
        args: AccumulatorArgs,
    ) -> Result<Box<dyn GroupsAccumulator>> {
        match args.expr_fields[0].data_type() {
            DataType::Int64 => Ok(Box::new(Groups::<i64>::default())),
            _ => Ok(Box::new(Groups::<f64>::default())),
        }
    }

    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        AggregateOrderSensitivity::Insensitive
    }
}

/// The summaries of all groups.
#[derive(Debug, Default)]
struct Groups<V> {
    summaries: Vec<Summary<V>>,
    /// Bytes that the summaries have on the heap.
    heap: usize,
}

impl<V: Quantity> Groups<V> {
    fn emit(&mut self, groups: EmitTo) -> Result<ArrayRef> {
        let summaries = groups.take_needed(&mut self.summaries);
        self.heap -= summaries.iter().map(Summary::size).sum::<usize>();
        Ok(Arc::new(state::column(&summaries)?))
    }
}

impl<V: Quantity> GroupsAccumulator for Groups<V> {
    fn update_batch(
        &mut self,
        values: &[ArrayRef],
        groups: &[usize],
        filter: Option<&BooleanArray>,
        total: usize,
    ) -> Result<()> {
        self.summaries.resize_with(total, Summary::default);
        let values = values[0].as_primitive::<V::Arrow>();
        if values.null_count() == 0 && filter.is_none() {
            for (group, value) in groups.iter().zip(values.values()) {
                self.summaries[*group].add(*value, &mut self.heap);
            }
            return Ok(());
        }
        for (group, value) in groups.iter().zip(kept::<V>(values, filter)) {
            if let Some(value) = value {
                self.summaries[*group].add(value, &mut self.heap);
            }
        }
        Ok(())
    }

    fn merge_batch(&mut self, states: &[ArrayRef], groups: &[usize], total: usize) -> Result<()> {
        self.summaries.resize_with(total, Summary::default);
        let summaries = Summaries::<V>::of(&states[0])?;
        for (row, group) in groups.iter().enumerate() {
            summaries.merge(row, &mut self.summaries[*group], &mut self.heap);
        }
        Ok(())
    }

    fn convert_to_state(
        &self,
        values: &[ArrayRef],
        filter: Option<&BooleanArray>,
    ) -> Result<Vec<ArrayRef>> {
        let values = kept::<V>(values[0].as_primitive(), filter);
        Ok(vec![Arc::new(state::of_each(values)?)])
    }

    fn state(&mut self, groups: EmitTo) -> Result<Vec<ArrayRef>> {
        Ok(vec![self.emit(groups)?])
    }

    fn evaluate(&mut self, groups: EmitTo) -> Result<ArrayRef> {
        self.emit(groups)
    }

    fn size(&self) -> usize {
        size_of::<Self>() + self.summaries.capacity() * size_of::<Summary<V>>() + self.heap
    }
}

/// The values that are not null, where the filter is true.
fn kept<'a, V: Quantity>(
    values: &'a PrimitiveArray<V::Arrow>,
    filter: Option<&'a BooleanArray>,
) -> impl Iterator<Item = Option<V>> + 'a {
    values
        .iter()
        .enumerate()
        .map(move |(row, value)| value.filter(|_| passes(filter, row)))
}

/// The summary of all rows.
#[derive(Debug, Default)]
struct Whole<V> {
    summary: Summary<V>,
    heap: usize,
}

impl<V: Quantity> Accumulator for Whole<V> {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        for value in values[0].as_primitive::<V::Arrow>().iter().flatten() {
            self.summary.add(value, &mut self.heap);
        }
        Ok(())
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        let summaries = Summaries::<V>::of(&states[0])?;
        for row in 0..states[0].len() {
            summaries.merge(row, &mut self.summary, &mut self.heap);
        }
        Ok(())
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        Ok(vec![self.evaluate()?])
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        let summary = state::column(std::slice::from_ref(&self.summary))?;
        Ok(ScalarValue::Struct(Arc::new(summary)))
    }

    fn size(&self) -> usize {
        size_of::<Self>() + self.heap
    }
}
