//! What aggregates of groups have in common. Those of ours keep all groups in one place and give them out as one
//! array: an array for each group would hold on to the texts of all others as soon as they are joined.

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, StructArray};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::{Accumulator, EmitTo, GroupsAccumulator};
use std::fmt;

/// Whether a row is counted.
pub(crate) fn passes(filter: Option<&BooleanArray>, row: usize) -> bool {
    filter.is_none_or(|filter| filter.is_valid(row) && filter.value(row))
}

/// The elements of all lists, and for each the group of its list.
pub(crate) fn elements(lists: &ArrayRef, groups: &[usize]) -> (StructArray, Vec<usize>) {
    let lists = lists.as_list::<i32>();
    let (first, last) = match lists.offsets().as_ref() {
        [first, .., last] => (*first as usize, *last as usize),
        _ => (0, 0),
    };
    let lengths = lists.offsets().lengths();
    let of_elements = groups.iter().zip(lengths);
    let of_elements = of_elements.flat_map(|(group, length)| std::iter::repeat_n(*group, length));
    let values = lists.values().slice(first, last - first);
    (values.as_struct().clone(), of_elements.collect())
}

/// The one group of a query that has no groups.
#[derive(Debug)]
pub(crate) struct Whole<G>(pub(crate) G);

impl<G: GroupsAccumulator + fmt::Debug + Sync> Accumulator for Whole<G> {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        let groups = vec![0; values[0].len()];
        self.0.update_batch(values, &groups, None, 1)
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        let groups = vec![0; states[0].len()];
        self.0.merge_batch(states, &groups, 1)
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        let states = self.0.state(EmitTo::All)?;
        let first = |state: &ArrayRef| ScalarValue::try_from_array(state, 0);
        states.iter().map(first).collect()
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        ScalarValue::try_from_array(&self.0.evaluate(EmitTo::All)?, 0)
    }

    fn size(&self) -> usize {
        self.0.size()
    }
}
