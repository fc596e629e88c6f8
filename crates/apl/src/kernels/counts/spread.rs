//! Counts of numbers in buckets that widen with the numbers: exact for up to `BUCKETS_MAX` different numbers,
//! and above in buckets of a power of two, of which there are never more. A histogram of them is off by those
//! numbers whose bucket lies across the border of a bin.

use super::lists;
use crate::kernels::groups::{Whole, elements, passes};
use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Float64Array};
use arrow::datatypes::{DataType, Field, FieldRef, Float64Type, Int64Type};
use datafusion::common::{HashMap, Result};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::{AggregateOrderSensitivity, format_state_name};
use datafusion::logical_expr::{
    Accumulator, AggregateUDFImpl, EmitTo, GroupsAccumulator, Signature, Volatility,
};
use std::sync::Arc;

/// Buckets of one group.
const BUCKETS_MAX: usize = 1 << 15;

#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Spread {
    signature: Signature,
}

impl Spread {
    pub(super) fn new() -> Self {
        Self {
            signature: Signature::uniform(1, vec![DataType::Float64], Volatility::Immutable),
        }
    }
}

impl AggregateUDFImpl for Spread {
    fn name(&self) -> &str {
        "number_counts"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, _: &[DataType]) -> Result<DataType> {
        Ok(super::list_of(&DataType::Float64))
    }

    fn state_fields(&self, args: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        let name = format_state_name(args.name, "counts");
        let state = args.return_field.data_type().clone();
        Ok(vec![Arc::new(Field::new(name, state, true))])
    }

    fn accumulator(&self, _: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        let mut groups = Groups::default();
        groups.grow(1);
        Ok(Box::new(Whole(groups)))
    }

    fn groups_accumulator_supported(&self, _: AccumulatorArgs) -> bool {
        true
    }

    fn create_groups_accumulator(&self, _: AccumulatorArgs) -> Result<Box<dyn GroupsAccumulator>> {
        Ok(Box::new(Groups::default()))
    }

    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        AggregateOrderSensitivity::Insensitive
    }
}

#[derive(Debug, Default)]
struct Groups {
    groups: Vec<Counting>,
    /// Different numbers of all groups.
    numbers: usize,
}

impl Groups {
    /// There are so many groups now.
    fn grow(&mut self, groups: usize) {
        self.groups.resize_with(groups, Counting::default);
    }

    fn add(&mut self, group: usize, value: f64, count: i64) {
        let counting = &mut self.groups[group];
        self.numbers -= counting.counts.len();
        counting.add(value, count);
        self.numbers += counting.counts.len();
    }

    fn emit(&mut self, to: EmitTo) -> Result<ArrayRef> {
        let groups = to.take_needed(&mut self.groups);
        let (mut values, mut counts, mut lengths) = (Vec::new(), Vec::new(), Vec::new());
        for group in groups {
            self.numbers -= group.counts.len();
            let buckets = group.buckets();
            lengths.push(buckets.len());
            for (value, count) in buckets {
                values.push(value);
                counts.push(count);
            }
        }
        let values: ArrayRef = Arc::new(Float64Array::from(values));
        Ok(Arc::new(lists(values, counts, lengths)?))
    }
}

impl GroupsAccumulator for Groups {
    fn update_batch(
        &mut self,
        values: &[ArrayRef],
        groups: &[usize],
        filter: Option<&BooleanArray>,
        total: usize,
    ) -> Result<()> {
        self.grow(total);
        let values = values[0].as_primitive::<Float64Type>();
        for (row, group) in groups.iter().enumerate() {
            if values.is_valid(row) && passes(filter, row) {
                self.add(*group, values.value(row), 1);
            }
        }
        Ok(())
    }

    fn merge_batch(&mut self, states: &[ArrayRef], groups: &[usize], total: usize) -> Result<()> {
        self.grow(total);
        let (elements, groups) = elements(&states[0], groups);
        let values = elements.column(0).as_primitive::<Float64Type>().values();
        let counts = elements.column(1).as_primitive::<Int64Type>().values();
        for ((group, value), count) in groups.into_iter().zip(values).zip(counts) {
            self.add(group, *value, *count);
        }
        Ok(())
    }

    fn convert_to_state(
        &self,
        values: &[ArrayRef],
        filter: Option<&BooleanArray>,
    ) -> Result<Vec<ArrayRef>> {
        let (mut each, rows) = (Self::default(), values[0].len());
        each.update_batch(values, &Vec::from_iter(0..rows), filter, rows)?;
        each.state(EmitTo::All)
    }

    fn state(&mut self, to: EmitTo) -> Result<Vec<ArrayRef>> {
        Ok(vec![self.emit(to)?])
    }

    fn evaluate(&mut self, to: EmitTo) -> Result<ArrayRef> {
        self.emit(to)
    }

    fn size(&self) -> usize {
        let groups = self.groups.capacity() * size_of::<Counting>();
        // A table is half full at least.
        size_of::<Self>() + groups + self.numbers * 2 * size_of::<(u64, i64)>()
    }
}

#[derive(Debug, Default)]
struct Counting {
    /// By the bits of the number that stands for a bucket: one of those in it.
    counts: HashMap<u64, i64>,
    /// Of a bucket; 0 as long as each number is by itself.
    width: f64,
    low: Option<f64>,
    high: Option<f64>,
}

impl Counting {
    fn add(&mut self, value: f64, count: i64) {
        if !value.is_finite() {
            return;
        }
        self.low = Some(self.low.map_or(value, |low| low.min(value)));
        self.high = Some(self.high.map_or(value, |high| high.max(value)));
        *self.counts.entry(self.bucket(value)).or_default() += count;
        while self.counts.len() > BUCKETS_MAX {
            self.widen();
        }
    }

    fn bucket(&self, value: f64) -> u64 {
        let start = match self.width {
            0.0 => value,
            width => (value / width).floor() * width,
        };
        // -0 and 0 are one number.
        (start + 0.0).to_bits()
    }

    fn widen(&mut self) {
        let range = self.high.unwrap_or(0.0) / 2.0 - self.low.unwrap_or(0.0) / 2.0;
        let least = (range / (BUCKETS_MAX / 4) as f64).log2().ceil().exp2();
        self.width = least.max(self.width * 2.0);
        let before = std::mem::take(&mut self.counts);
        for (bits, count) in before {
            *self
                .counts
                .entry(self.bucket(f64::from_bits(bits)))
                .or_default() += count;
        }
    }

    /// The numbers that stand for the buckets, and their counts. The smallest and the largest number are there
    /// as they are, so that bins begin and end with them.
    fn buckets(&self) -> Vec<(f64, i64)> {
        let mut buckets: Vec<(f64, i64)> = self
            .counts
            .iter()
            .map(|(bits, count)| (f64::from_bits(*bits), *count))
            .collect();
        buckets.sort_by(|a, b| a.0.total_cmp(&b.0));
        if let (Some(first), Some(low)) = (buckets.first_mut(), self.low) {
            first.0 = low;
        }
        if let (Some(last), Some(high)) = (buckets.last_mut(), self.high) {
            last.0 = high;
        }
        buckets
    }
}
