//! What can be reached from some spans of a trace, by steps from parent to child or from child to parent. Each id
//! is reached once, so that spans that are each other's ancestors end it.

use super::grouped::Grouped;
use super::ids::{Id, Ids};
use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, BooleanBuilder, StringViewBuilder};
use arrow::datatypes::{DataType, Field, FieldRef, Fields};
use datafusion::common::{HashSet, Result};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::{AggregateOrderSensitivity, format_state_name};
use datafusion::logical_expr::{
    Accumulator, AggregateUDFImpl, EmitTo, GroupsAccumulator, Signature, Volatility,
};
use std::sync::Arc;

const NAME: &str = "reached";

#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Reached {
    signature: Signature,
}

impl Reached {
    pub(super) fn new() -> Self {
        let arguments = vec![DataType::Utf8View, DataType::Utf8View, DataType::Boolean];
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
        Ok(DataType::List(super::item(DataType::Utf8View)))
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
        Field::new("from", DataType::Utf8View, true),
        Field::new("to", DataType::Utf8View, true),
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
    ids: Ids,
    steps: Grouped<Step>,
}

impl Steps {
    fn new() -> Self {
        Self {
            ids: Ids::default(),
            steps: Grouped::new(),
        }
    }

    fn add(&mut self, columns: &[ArrayRef], groups: &[usize], filter: Option<&BooleanArray>) {
        let (from, to) = (columns[0].as_string_view(), columns[1].as_string_view());
        let is_start = columns[2].as_boolean();
        for (row, group) in groups.iter().enumerate() {
            let end = self.ids.of(super::text(to, row));
            // A step to nowhere leads to nothing.
            if end == Id::NONE || !super::passes(filter, row) {
                continue;
            }
            let step = Step {
                from: self.ids.of(super::text(from, row)),
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
        let (steps, groups) = super::elements(&states[0], groups);
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
        let (mut from, mut ends) = (StringViewBuilder::new(), StringViewBuilder::new());
        let mut starts = BooleanBuilder::new();
        for step in emitted.rows() {
            self.ids.write(step.from, &mut from);
            self.ids.write(step.to, &mut ends);
            starts.append_value(step.is_start);
        }
        let columns: Vec<ArrayRef> = vec![
            Arc::new(from.finish()),
            Arc::new(ends.finish()),
            Arc::new(starts.finish()),
        ];
        Ok(vec![super::lists(state(), columns, emitted.lengths())?])
    }

    fn evaluate(&mut self, to: EmitTo) -> Result<ArrayRef> {
        let emitted = self.steps.emit(to);
        let (mut texts, mut lengths) = (StringViewBuilder::new(), Vec::new());
        for steps in emitted.each() {
            let reached = all_reached(steps.iter().map(|(_, step)| *step).collect());
            reached
                .iter()
                .for_each(|id| self.ids.write(*id, &mut texts));
            lengths.push(reached.len());
        }
        super::list_of(Arc::new(texts.finish()), lengths)
    }

    fn size(&self) -> usize {
        size_of::<Self>() + self.ids.size() + self.steps.size()
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
