//! Counts of numbers in buckets that widen with the numbers: exact for up to `BUCKETS_MAX` different numbers,
//! and above in buckets of a power of two, of which there are never more. A histogram of them is off by those
//! numbers whose bucket lies across the border of a bin.

use super::{lists, parts};
use arrow::array::{Array, ArrayRef, AsArray, Float64Array};
use arrow::datatypes::{DataType, Field, FieldRef, Float64Type};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::format_state_name;
use datafusion::logical_expr::{Accumulator, AggregateUDFImpl, Signature, Volatility};
use std::collections::HashMap;
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
        Ok(Box::new(Counting::default()))
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

impl Accumulator for Counting {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        for value in values[0].as_primitive::<Float64Type>().iter().flatten() {
            self.add(value, 1);
        }
        Ok(())
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        let states = states[0].as_list::<i32>();
        for row in (0..states.len()).filter(|row| states.is_valid(*row)) {
            let (values, counts) = parts(states, row);
            let values = values.as_primitive::<Float64Type>().values();
            for (value, count) in values.iter().zip(counts.values()) {
                self.add(*value, *count);
            }
        }
        Ok(())
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        Ok(vec![self.evaluate()?])
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        let (values, counts): (Vec<f64>, Vec<i64>) = self.buckets().into_iter().unzip();
        let length = values.len();
        let values: ArrayRef = Arc::new(Float64Array::from(values));
        let list = lists(values, counts, vec![length])?;
        Ok(ScalarValue::List(Arc::new(list)))
    }

    fn size(&self) -> usize {
        size_of::<Self>() + self.counts.capacity() * size_of::<(u64, i64)>()
    }
}
