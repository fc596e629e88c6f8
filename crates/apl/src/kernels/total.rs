//! Sums and means of integers and timespans. They are added up as 128 bits, so that a mean is right however large the
//! sum is; a sum that does not fit into 64 bits is null.

use super::groups::passes;
use crate::kind::TIMESPAN;
use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Decimal128Array, Int64Array, PrimitiveArray,
};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Decimal128Type, Field, FieldRef, Int64Type};
use datafusion::common::{Result, ScalarValue};
use datafusion::functions_aggregate::average::avg_udaf;
use datafusion::functions_aggregate::sum::sum_udaf;
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::{AggregateOrderSensitivity, format_state_name};
use datafusion::logical_expr::{
    Accumulator, AggregateUDF, AggregateUDFImpl, EmitTo, GroupsAccumulator, Signature, Volatility,
};
use std::sync::Arc;

/// The sum of integers or timespans.
pub(crate) fn sum() -> Arc<AggregateUDF> {
    Arc::new(AggregateUDF::from(Total::new(
        false,
        vec![DataType::Int64, TIMESPAN],
    )))
}

/// The mean of integers or timespans, towards zero, as one of them.
pub(crate) fn mean() -> Arc<AggregateUDF> {
    Arc::new(AggregateUDF::from(Total::new(
        true,
        vec![DataType::Int64, TIMESPAN],
    )))
}

/// The sum of integers, timespans or floats; the engine adds up floats.
pub fn sum_of_any() -> Arc<AggregateUDF> {
    let kinds = vec![DataType::Int64, TIMESPAN, DataType::Float64];
    Arc::new(AggregateUDF::from(Total::new(false, kinds)))
}

/// The mean of timespans, as one; of numbers as floats.
pub fn mean_of_any() -> Arc<AggregateUDF> {
    let kinds = vec![DataType::Float64, TIMESPAN];
    Arc::new(AggregateUDF::from(Total::new(true, kinds)))
}

/// Of a sum of as many rows as there can be.
const WIDE: DataType = DataType::Decimal128(38, 0);

#[derive(Debug, PartialEq, Eq, Hash)]
struct Total {
    is_mean: bool,
    signature: Signature,
}

impl Total {
    fn new(is_mean: bool, kinds: Vec<DataType>) -> Self {
        Self {
            is_mean,
            signature: Signature::uniform(1, kinds, Volatility::Immutable),
        }
    }

    /// What adds up values of this type instead.
    fn other(&self, result: &Field) -> Option<Arc<AggregateUDF>> {
        let is_float = *result.data_type() == DataType::Float64;
        is_float.then(|| match self.is_mean {
            true => avg_udaf(),
            false => sum_udaf(),
        })
    }
}

impl AggregateUDFImpl for Total {
    /// Not `sum`: DataFusion makes a sum of sums of that, and a sum that is null would be no part of it.
    fn name(&self) -> &str {
        match self.is_mean {
            true => "mean",
            false => "total",
        }
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, arguments: &[DataType]) -> Result<DataType> {
        Ok(arguments[0].clone())
    }

    fn state_fields(&self, args: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        if let Some(other) = self.other(args.return_field.as_ref()) {
            return other.state_fields(args);
        }
        let field =
            |name, kind| Arc::new(Field::new(format_state_name(args.name, name), kind, true));
        Ok(vec![field("sum", WIDE), field("count", DataType::Int64)])
    }

    fn accumulator(&self, args: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        if let Some(other) = self.other(args.return_field.as_ref()) {
            return other.accumulator(args);
        }
        Ok(Box::new(Whole {
            sum: Sum::default(),
            is_mean: self.is_mean,
            made: args.return_field.data_type().clone(),
        }))
    }

    fn groups_accumulator_supported(&self, args: AccumulatorArgs) -> bool {
        let other = self.other(args.return_field.as_ref());
        other.is_none_or(|other| other.groups_accumulator_supported(args))
    }

    fn create_groups_accumulator(
        &self,
        args: AccumulatorArgs,
    ) -> Result<Box<dyn GroupsAccumulator>> {
        if let Some(other) = self.other(args.return_field.as_ref()) {
            return other.create_groups_accumulator(args);
        }
        Ok(Box::new(Groups {
            sums: Vec::new(),
            is_mean: self.is_mean,
            made: args.return_field.data_type().clone(),
        }))
    }

    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        AggregateOrderSensitivity::Insensitive
    }
}

/// A sum in two words, and of how many values it is.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    high: i64,
    low: u64,
    count: i64,
}

impl Sum {
    fn add(&mut self, value: i64) {
        let (low, carries) = self.low.overflowing_add(value.cast_unsigned());
        self.low = low;
        self.high += (value >> 63) + i64::from(carries);
        self.count += 1;
    }

    fn add_all(&mut self, sum: i128, count: i64) {
        let sum = self.wide() + sum;
        self.high = (sum >> 64) as i64;
        self.low = sum as u64;
        self.count += count;
    }

    fn wide(self) -> i128 {
        (i128::from(self.high) << 64) + i128::from(self.low)
    }

    fn made(self, is_mean: bool) -> Option<i64> {
        let made = match (self.count, is_mean) {
            (0, _) => return None,
            (count, true) => self.wide() / i128::from(count),
            (_, false) => self.wide(),
        };
        i64::try_from(made).ok()
    }
}

/// The sums of all groups.
#[derive(Debug)]
struct Groups {
    sums: Vec<Sum>,
    is_mean: bool,
    made: DataType,
}

impl GroupsAccumulator for Groups {
    fn update_batch(
        &mut self,
        values: &[ArrayRef],
        groups: &[usize],
        filter: Option<&BooleanArray>,
        total: usize,
    ) -> Result<()> {
        self.sums.resize(total, Sum::default());
        let values = integers(&values[0])?;
        if values.null_count() == 0 && filter.is_none() {
            for (group, value) in groups.iter().zip(values.values()) {
                self.sums[*group].add(*value);
            }
            return Ok(());
        }
        for (group, value) in groups.iter().zip(kept(&values, filter)) {
            if let Some(value) = value {
                self.sums[*group].add(value);
            }
        }
        Ok(())
    }

    fn merge_batch(&mut self, states: &[ArrayRef], groups: &[usize], total: usize) -> Result<()> {
        self.sums.resize(total, Sum::default());
        for (group, (sum, count)) in groups.iter().zip(parts(states)) {
            self.sums[*group].add_all(sum, count);
        }
        Ok(())
    }

    fn convert_to_state(
        &self,
        values: &[ArrayRef],
        filter: Option<&BooleanArray>,
    ) -> Result<Vec<ArrayRef>> {
        let values = integers(&values[0])?;
        let sums = kept(&values, filter).map(|value| {
            let mut sum = Sum::default();
            value.into_iter().for_each(|value| sum.add(value));
            sum
        });
        states(sums.collect())
    }

    fn state(&mut self, groups: EmitTo) -> Result<Vec<ArrayRef>> {
        states(groups.take_needed(&mut self.sums))
    }

    fn evaluate(&mut self, groups: EmitTo) -> Result<ArrayRef> {
        let sums = groups.take_needed(&mut self.sums);
        let made = sums.into_iter().map(|sum| sum.made(self.is_mean));
        let made = PrimitiveArray::<Int64Type>::from_iter(made);
        Ok(cast(&made, &self.made)?)
    }

    fn size(&self) -> usize {
        size_of::<Self>() + self.sums.capacity() * size_of::<Sum>()
    }
}

/// Timespans as what carries them: no value is touched.
fn integers(values: &ArrayRef) -> Result<Int64Array> {
    Ok(cast(values, &DataType::Int64)?.as_primitive().clone())
}

/// The values that are not null, where the filter is true.
fn kept<'a>(
    values: &'a Int64Array,
    filter: Option<&'a BooleanArray>,
) -> impl Iterator<Item = Option<i64>> + 'a {
    let values = values.iter().enumerate();
    values.map(move |(row, value)| value.filter(|_| passes(filter, row)))
}

fn states(sums: Vec<Sum>) -> Result<Vec<ArrayRef>> {
    let wide = Decimal128Array::from_iter_values(sums.iter().map(|sum| sum.wide()));
    let counts = Int64Array::from_iter_values(sums.iter().map(|sum| sum.count));
    Ok(vec![Arc::new(wide.with_data_type(WIDE)), Arc::new(counts)])
}

/// What [`states`] made. A state is never null.
fn parts(states: &[ArrayRef]) -> impl Iterator<Item = (i128, i64)> {
    let sums = states[0].as_primitive::<Decimal128Type>().values().iter();
    let counts = states[1].as_primitive::<Int64Type>().values().iter();
    sums.copied().zip(counts.copied())
}

/// The sum of all rows.
#[derive(Debug)]
struct Whole {
    sum: Sum,
    is_mean: bool,
    made: DataType,
}

impl Accumulator for Whole {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        let values = integers(&values[0])?;
        if values.null_count() > 0 {
            values
                .iter()
                .flatten()
                .for_each(|value| self.sum.add(value));
            return Ok(());
        }
        // In halves, as many rows at once as the processor can.
        let (mut high, mut low) = (0_i64, 0_i64);
        for value in values.values() {
            high += value >> 32;
            low += value & 0xffff_ffff;
        }
        let sum = (i128::from(high) << 32) + i128::from(low);
        self.sum.add_all(sum, values.len() as i64);
        Ok(())
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        parts(states).for_each(|(sum, count)| self.sum.add_all(sum, count));
        Ok(())
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        let wide = ScalarValue::Decimal128(Some(self.sum.wide()), 38, 0);
        Ok(vec![wide, ScalarValue::Int64(Some(self.sum.count))])
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        ScalarValue::Int64(self.sum.made(self.is_mean)).cast_to(&self.made)
    }

    fn size(&self) -> usize {
        size_of::<Self>()
    }
}
