//! Counts of values as they are, exact. The memory is that of all different values, as of `dcount`.

use super::{lists, parts};
use arrow::array::{Array, ArrayRef, AsArray, new_empty_array};
use arrow::datatypes::{DataType, Field, FieldRef};
use arrow::row::{RowConverter, SortField};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::format_state_name;
use datafusion::logical_expr::{Accumulator, AggregateUDFImpl, Signature, Volatility};
use std::collections::HashMap;
use std::sync::Arc;

#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Counts {
    signature: Signature,
}

impl Counts {
    pub(super) fn new() -> Self {
        Self {
            signature: Signature::any(1, Volatility::Immutable),
        }
    }
}

impl AggregateUDFImpl for Counts {
    fn name(&self) -> &str {
        "value_counts"
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, arguments: &[DataType]) -> Result<DataType> {
        Ok(super::list_of(&arguments[0]))
    }

    fn state_fields(&self, args: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        let name = format_state_name(args.name, "counts");
        let state = args.return_field.data_type().clone();
        Ok(vec![Arc::new(Field::new(name, state, true))])
    }

    fn accumulator(&self, args: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        let value = args.expr_fields[0].data_type().clone();
        Ok(Box::new(Counting {
            rows: RowConverter::new(vec![SortField::new(value.clone())])?,
            value,
            counts: HashMap::new(),
            bytes: 0,
        }))
    }
}

#[derive(Debug)]
struct Counting {
    value: DataType,
    /// Values as bytes that sort as the values do, and back.
    rows: RowConverter,
    counts: HashMap<Box<[u8]>, i64>,
    /// Of all keys.
    bytes: usize,
}

impl Counting {
    fn add(&mut self, values: &ArrayRef, count: impl Fn(usize) -> i64) -> Result<()> {
        let rows = self.rows.convert_columns(&[ArrayRef::clone(values)])?;
        for (place, row) in rows.iter().enumerate() {
            if values.is_null(place) {
                continue;
            }
            let key = row.data();
            match self.counts.get_mut(key) {
                Some(total) => *total += count(place),
                None => {
                    self.bytes += key.len();
                    self.counts.insert(key.into(), count(place));
                }
            }
        }
        Ok(())
    }
}

impl Accumulator for Counting {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        self.add(&values[0], |_| 1)
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        let states = states[0].as_list::<i32>();
        for row in 0..states.len() {
            if states.is_valid(row) {
                let (values, counts) = parts(states, row);
                self.add(&values, |place| counts.value(place))?;
            }
        }
        Ok(())
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        Ok(vec![self.evaluate()?])
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        let mut counts: Vec<(&[u8], i64)> = self
            .counts
            .iter()
            .map(|(key, count)| (key.as_ref(), *count))
            .collect();
        counts.sort_unstable();
        let parser = self.rows.parser();
        let rows = counts.iter().map(|(key, _)| parser.parse(key));
        let values = match counts.is_empty() {
            true => new_empty_array(&self.value),
            false => self.rows.convert_rows(rows)?.remove(0),
        };
        let length = counts.len();
        let counts = counts.into_iter().map(|(_, count)| count).collect();
        let list = lists(values, counts, vec![length])?;
        Ok(ScalarValue::List(Arc::new(list)))
    }

    fn size(&self) -> usize {
        let entry = size_of::<(Box<[u8]>, i64)>();
        size_of::<Self>() + self.rows.size() + self.bytes + self.counts.capacity() * entry
    }
}
