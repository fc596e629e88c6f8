//! Counts of values as they are, or of the phrases in them; exact. The memory is that of all different values, as of
//! `dcount`, unless only few are wanted.

use super::{lists, phrases};
use crate::kernels::groups::{Whole, elements, passes};
use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, new_empty_array, new_null_array};
use arrow::compute::concat;
use arrow::datatypes::{DataType, Field, FieldRef, Int64Type};
use arrow::row::{RowConverter, SortField};
use datafusion::common::{HashMap, Result};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::{AggregateOrderSensitivity, format_state_name};
use datafusion::logical_expr::{
    Accumulator, AggregateUDFImpl, EmitTo, GroupsAccumulator, Signature, Volatility,
};
use std::sync::Arc;

/// Of more different values than this nothing is known, where few are wanted.
pub(super) const FEW: usize = 10_000;
/// Values that are added at a time.
const ADDED_AT_ONCE: usize = 8192;
/// Bytes of values that are given out at a time.
const MADE_AT_ONCE_BYTES: usize = 4 << 20;
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
        Ok(Box::new(Whole(Counting::new(self.of, value_of(&args), 1)?)))
    }

    fn groups_accumulator_supported(&self, _: AccumulatorArgs) -> bool {
        true
    }

    fn create_groups_accumulator(
        &self,
        args: AccumulatorArgs,
    ) -> Result<Box<dyn GroupsAccumulator>> {
        Ok(Box::new(Counting::new(self.of, value_of(&args), 0)?))
    }

    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        AggregateOrderSensitivity::Insensitive
    }
}

fn value_of(args: &AccumulatorArgs<'_>) -> DataType {
    args.expr_fields[0].data_type().clone()
}

#[derive(Debug)]
struct Counting {
    of: Of,
    value: DataType,
    /// Values as bytes that sort as the values do, and back.
    rows: RowConverter,
    groups: Vec<Group>,
    /// Bytes that the groups have on the heap.
    heap: usize,
}

#[derive(Debug, Default)]
struct Group {
    too_many: bool,
    counts: HashMap<Box<[u8]>, i64>,
}

impl Group {
    fn heap(&self) -> usize {
        self.counts.keys().map(|key| entry(key)).sum()
    }

    /// The values and their counts, in the order of the values.
    fn into_sorted(self) -> Vec<(Box<[u8]>, i64)> {
        let mut counts: Vec<(Box<[u8]>, i64)> = self.counts.into_iter().collect();
        counts.sort_unstable();
        counts
    }
}

/// Bytes that a value takes: itself, its place in a table that is half full, and what the allocator needs.
fn entry(key: &[u8]) -> usize {
    key.len() + 2 * size_of::<(Box<[u8]>, i64)>() + 16
}

impl Counting {
    fn new(of: Of, value: DataType, groups: usize) -> Result<Self> {
        let mut counting = Self {
            of,
            rows: RowConverter::new(vec![SortField::new(value.clone())])?,
            value,
            groups: Vec::new(),
            heap: 0,
        };
        counting.grow(groups);
        Ok(counting)
    }

    /// There are so many groups now.
    fn grow(&mut self, groups: usize) {
        self.groups.resize_with(groups, Group::default);
    }

    /// Adds all values, with the groups and the counts that they have; a few at a time, since they are bytes twice
    /// meanwhile.
    fn add(&mut self, values: &ArrayRef, counted: &[(usize, i64)]) -> Result<()> {
        for (part, counted) in counted.chunks(ADDED_AT_ONCE).enumerate() {
            let values = values.slice(part * ADDED_AT_ONCE, counted.len());
            self.add_few(&values, counted)?;
        }
        Ok(())
    }

    fn add_few(&mut self, values: &ArrayRef, counted: &[(usize, i64)]) -> Result<()> {
        let rows = self.rows.convert_columns(&[ArrayRef::clone(values)])?;
        for (place, (group, count)) in counted.iter().enumerate() {
            let found = &mut self.groups[*group];
            if *count == 0 || found.too_many || values.is_null(place) {
                continue;
            }
            let key = rows.row(place);
            let key = key.data();
            match found.counts.get_mut(key) {
                Some(total) => *total += count,
                None => {
                    self.heap += entry(key);
                    found.counts.insert(key.into(), *count);
                }
            }
            if self.of == Of::FewValues && found.counts.len() > FEW {
                self.forget(*group);
            }
        }
        Ok(())
    }

    fn forget(&mut self, group: usize) {
        let found = &mut self.groups[group];
        self.heap -= found.heap();
        found.counts = HashMap::new();
        found.too_many = true;
    }

    fn emit(&mut self, to: EmitTo) -> Result<ArrayRef> {
        let groups = to.take_needed(&mut self.groups);
        self.heap -= groups.iter().map(Group::heap).sum::<usize>();
        let (mut counts, mut lengths) = (Vec::new(), Vec::new());
        let mut made = Made::default();
        for group in groups {
            if group.too_many {
                made.push(None, self)?;
                counts.push(TOO_MANY);
                lengths.push(1);
                continue;
            }
            let sorted = group.into_sorted();
            lengths.push(sorted.len());
            for (key, count) in sorted {
                made.push(Some(key), self)?;
                counts.push(count);
            }
        }
        let values = made.finish(self)?;
        Ok(Arc::new(lists(values, counts, lengths)?))
    }

    /// Values of their bytes, and null where there are none.
    fn values(&self, keys: &[Option<Box<[u8]>>]) -> Result<ArrayRef> {
        let null = new_null_array(&self.value, 1);
        let null = self.rows.convert_columns(&[null])?;
        let parser = self.rows.parser();
        let rows = keys.iter().map(|key| match key {
            Some(key) => parser.parse(key),
            None => null.row(0),
        });
        Ok(self.rows.convert_rows(rows)?.remove(0))
    }
}

/// Values that are made of their bytes, which are let go of by and by.
#[derive(Debug, Default)]
struct Made {
    values: Vec<ArrayRef>,
    keys: Vec<Option<Box<[u8]>>>,
    bytes: usize,
}

impl Made {
    fn push(&mut self, key: Option<Box<[u8]>>, of: &Counting) -> Result<()> {
        self.bytes += key.as_ref().map_or(1, |key| entry(key));
        self.keys.push(key);
        match self.bytes > MADE_AT_ONCE_BYTES {
            true => self.make(of),
            false => Ok(()),
        }
    }

    fn make(&mut self, of: &Counting) -> Result<()> {
        self.values.push(of.values(&self.keys)?);
        self.keys.clear();
        self.bytes = 0;
        Ok(())
    }

    fn finish(mut self, of: &Counting) -> Result<ArrayRef> {
        if self.keys.is_empty() && self.values.is_empty() {
            return Ok(new_empty_array(&of.value));
        }
        self.make(of)?;
        let values: Vec<&dyn Array> = self.values.iter().map(AsRef::as_ref).collect();
        Ok(concat(&values)?)
    }
}

impl GroupsAccumulator for Counting {
    fn update_batch(
        &mut self,
        values: &[ArrayRef],
        groups: &[usize],
        filter: Option<&BooleanArray>,
        total: usize,
    ) -> Result<()> {
        self.grow(total);
        if self.of == Of::Phrases {
            let texts = values[0].as_string_view();
            let is_counted = |row: &usize| passes(filter, *row) && texts.is_valid(*row);
            let rows = (0..texts.len()).filter(is_counted);
            let rows = rows.map(|row| (texts.value(row), groups[row]));
            let (phrases, of_rows) = phrases::of_all(rows);
            let counted: Vec<_> = of_rows.into_iter().map(|group| (group, 1)).collect();
            return self.add(&phrases, &counted);
        }
        let count = |row| i64::from(passes(filter, row));
        let counted = groups.iter().enumerate();
        let counted: Vec<_> = counted.map(|(row, group)| (*group, count(row))).collect();
        self.add(&values[0], &counted)
    }

    fn merge_batch(&mut self, states: &[ArrayRef], groups: &[usize], total: usize) -> Result<()> {
        self.grow(total);
        let (elements, groups) = elements(&states[0], groups);
        let counts = elements.column(1).as_primitive::<Int64Type>().clone();
        for (count, group) in counts.values().iter().zip(&groups) {
            if *count == TOO_MANY {
                self.forget(*group);
            }
        }
        let counted = groups.into_iter().zip(counts.values().iter().copied());
        let counted: Vec<_> = counted.collect();
        self.add(elements.column(0), &counted)
    }

    fn convert_to_state(
        &self,
        values: &[ArrayRef],
        filter: Option<&BooleanArray>,
    ) -> Result<Vec<ArrayRef>> {
        let rows = values[0].len();
        let mut each = Self::new(self.of, self.value.clone(), rows)?;
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
        let groups = self.groups.capacity() * size_of::<Group>();
        size_of::<Self>() + self.rows.size() + groups + self.heap
    }
}
