//! Counts of values as they are, or of the phrases in them; exact. The memory is that of all different values, as of
//! `dcount`, unless only few are wanted.

use super::{lists, parts, phrases};
use arrow::array::{Array, ArrayRef, AsArray, new_empty_array, new_null_array};
use arrow::datatypes::{DataType, Field, FieldRef};
use arrow::row::{RowConverter, SortField};
use datafusion::common::{Result, ScalarValue};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::format_state_name;
use datafusion::logical_expr::{Accumulator, AggregateUDFImpl, Signature, Volatility};
use std::collections::HashMap;
use std::sync::Arc;

/// Of more different values than this nothing is known, where few are wanted.
pub(super) const FEW: usize = 10_000;
/// Stands for the counts of too many values, beside a null.
const TOO_MANY: i64 = -1;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Of {
    Values,
    FewValues,
    Phrases,
}

#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Counts {
    of: Of,
    signature: Signature,
}

impl Counts {
    pub(super) fn new(of: Of) -> Self {
        Self {
            of,
            signature: Signature::any(1, Volatility::Immutable),
        }
    }
}

impl AggregateUDFImpl for Counts {
    fn name(&self) -> &str {
        match self.of {
            Of::Values => "value_counts",
            Of::FewValues => "few_value_counts",
            Of::Phrases => "phrase_counts",
        }
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
            of: self.of,
            too_many: false,
            rows: RowConverter::new(vec![SortField::new(value.clone())])?,
            value,
            counts: HashMap::new(),
            bytes: 0,
        }))
    }
}

#[derive(Debug)]
struct Counting {
    of: Of,
    too_many: bool,
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
        if self.of == Of::FewValues && self.counts.len() > FEW {
            self.forget();
        }
        Ok(())
    }

    fn forget(&mut self) {
        self.too_many = true;
        self.counts = HashMap::new();
        self.bytes = 0;
    }
}

impl Accumulator for Counting {
    fn update_batch(&mut self, values: &[ArrayRef]) -> Result<()> {
        if self.too_many {
            return Ok(());
        }
        match self.of {
            Of::Values | Of::FewValues => self.add(&values[0], |_| 1),
            Of::Phrases => self.add(&phrases::of_all(&values[0]), |_| 1),
        }
    }

    fn merge_batch(&mut self, states: &[ArrayRef]) -> Result<()> {
        let states = states[0].as_list::<i32>();
        for row in 0..states.len() {
            if states.is_valid(row) {
                let (values, counts) = parts(states, row);
                if counts.values().contains(&TOO_MANY) {
                    self.forget();
                }
                if self.too_many {
                    continue;
                }
                self.add(&values, |place| counts.value(place))?;
            }
        }
        Ok(())
    }

    fn state(&mut self) -> Result<Vec<ScalarValue>> {
        Ok(vec![self.evaluate()?])
    }

    fn evaluate(&mut self) -> Result<ScalarValue> {
        if self.too_many {
            let list = lists(new_null_array(&self.value, 1), vec![TOO_MANY], vec![1])?;
            return Ok(ScalarValue::List(Arc::new(list)));
        }
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
