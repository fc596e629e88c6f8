//! What can be reached from some spans of a trace, by steps from parent to child or from child to parent. Each id
//! is reached once, so that spans that are each other's ancestors end it.

use super::grouped::Grouped;
use super::ids::Id;
use crate::kernels::groups::{elements, passes};
use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Int64Array};
use arrow::datatypes::{DataType, Field, FieldRef, Fields, Int64Type};
use datafusion::common::{HashSet, Result};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::{AggregateOrderSensitivity, format_state_name};
use datafusion::logical_expr::{
    Accumulator, AggregateUDFImpl, EmitTo, GroupsAccumulator, Signature, Volatility,
};
use std::sync::Arc;

pub(super) const NAME: &str = "reached";

#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Reached {
    signature: Signature,
}

impl Reached {
    pub(super) fn new() -> Self {
        let arguments = vec![DataType::Int64, DataType::Int64, DataType::Boolean];
        Self {
            signature: Signature::exact(arguments, Volatility::Immutable),
        }
    }
}

impl AggregateUDFImpl for Reached {
    fn name(&self) -> &str {
        NAME
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(DataType::List(super::item(DataType::Int64)))
    }

    fn state_fields(&self, args: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        let state = DataType::List(super::item(DataType::Struct(state())));
        let name = format_state_name(args.name, "steps");
        Ok(vec![Arc::new(Field::new(name, state, true))])
    }

    fn accumulator(&self, _: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        super::without_groups(NAME)
    }

    fn groups_accumulator_supported(&self, _: AccumulatorArgs) -> bool {
        true
    }

    fn create_groups_accumulator(&self, _: AccumulatorArgs) -> Result<Box<dyn GroupsAccumulator>> {
        Ok(Box::new(Steps::new()))
    }

    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        AggregateOrderSensitivity::Insensitive
    }
}

/// The fields of a step in the state.
fn state() -> Fields {
    Fields::from(vec![
        Field::new("from", DataType::Int64, true),
        Field::new("to", DataType::Int64, true),
        Field::new("is_start", DataType::Boolean, true),
    ])
}

#[derive(Clone, Copy, Debug)]
struct Step {
    from: Id,
    to: Id,
    is_start: bool,
}

#[derive(Debug)]
struct Steps {
    steps: Grouped<Step>,
}

impl Steps {
    fn new() -> Self {
        Self {
            steps: Grouped::new(),
        }
    }

    fn add(&mut self, columns: &[ArrayRef], groups: &[usize], filter: Option<&BooleanArray>) {
        let ids = |place: usize| columns[place].as_primitive::<Int64Type>();
        let (from, to) = (ids(0), ids(1));
        let is_start = columns[2].as_boolean();
        for (row, group) in groups.iter().enumerate() {
            let end = Id::of_bits(to.value(row));
            // A step to nowhere leads to nothing.
            if end == Id::NONE || !passes(filter, row) {
                continue;
            }
            let step = Step {
                from: Id::of_bits(from.value(row)),
                to: end,
                is_start: is_start.is_valid(row) && is_start.value(row),
            };
            self.steps.push(*group, step);
        }
    }
}

impl GroupsAccumulator for Steps {
    fn update_batch(
        &mut self,
        values: &[ArrayRef],
        groups: &[usize],
        filter: Option<&BooleanArray>,
        total: usize,
    ) -> Result<()> {
        self.steps.grow(total);
        self.add(values, groups, filter);
        Ok(())
    }

    fn merge_batch(&mut self, states: &[ArrayRef], groups: &[usize], total: usize) -> Result<()> {
        self.steps.grow(total);
        let (steps, groups) = elements(&states[0], groups);
        self.add(steps.columns(), &groups, None);
        Ok(())
    }

    fn convert_to_state(
        &self,
        values: &[ArrayRef],
        filter: Option<&BooleanArray>,
    ) -> Result<Vec<ArrayRef>> {
        let mut each = Self::new();
        let rows = values[0].len();
        each.update_batch(values, &Vec::from_iter(0..rows), filter, rows)?;
        each.state(EmitTo::All)
    }

    fn state(&mut self, to: EmitTo) -> Result<Vec<ArrayRef>> {
        let emitted = self.steps.emit(to);
        let from = emitted.rows().map(|step| step.from.bits());
        let to = emitted.rows().map(|step| step.to.bits());
        let is_start = emitted.rows().map(|step| Some(step.is_start));
        let columns: Vec<ArrayRef> = vec![
            Arc::new(Int64Array::from_iter_values(from)),
            Arc::new(Int64Array::from_iter_values(to)),
            Arc::new(BooleanArray::from_iter(is_start)),
        ];
        Ok(vec![super::lists(state(), columns, emitted.lengths())?])
    }

    fn evaluate(&mut self, to: EmitTo) -> Result<ArrayRef> {
        let emitted = self.steps.emit(to);
        let (mut ids, mut lengths) = (Vec::new(), Vec::new());
        for steps in emitted.each() {
            let reached = all_reached(steps.iter().map(|(_, step)| *step).collect());
            lengths.push(reached.len());
            ids.extend(reached.into_iter().map(Id::bits));
        }
        super::list_of(Arc::new(Int64Array::from(ids)), lengths)
    }

    fn size(&self) -> usize {
        size_of::<Self>() + self.steps.size()
    }
}

fn all_reached(mut steps: Vec<Step>) -> Vec<Id> {
    if !steps.iter().any(|step| step.is_start) {
        return Vec::new();
    }
    steps.sort_unstable_by_key(|step| step.from);
    let mut known = HashSet::new();
    let starts = steps.iter().filter(|step| step.is_start);
    let mut reached: Vec<Id> = starts
        .map(|step| step.to)
        .filter(|id| known.insert(*id))
        .collect();
    let mut looked_at = 0;
    while let Some(&id) = reached.get(looked_at) {
        looked_at += 1;
        let first = steps.partition_point(|step| step.from < id);
        let further = steps[first..].iter().take_while(|step| step.from == id);
        reached.extend(further.map(|step| step.to).filter(|id| known.insert(*id)));
    }
    reached
}
