//! Of each group the row in which a value is the smallest, or the largest: one of those that are equal. The rows
//! of all groups are held together, and written anew when most of them have been outdone.

use super::groups::{Whole, passes};
use arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, ListArray, MapArray, StructArray, UInt32Array,
    new_null_array,
};
use arrow::compute::{SortOptions, interleave, not, nullif, take};
use arrow::datatypes::{DataType, Field, FieldRef};
use arrow::row::{RowConverter, SortField};
use datafusion::common::{HashMap, Result};
use datafusion::logical_expr::expr::AggregateFunction;
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::{AggregateOrderSensitivity, format_state_name};
use datafusion::logical_expr::{
    Accumulator, AggregateUDF, AggregateUDFImpl, EmitTo, Expr, GroupsAccumulator, Signature,
    Volatility,
};
use std::sync::Arc;

/// Rows that may be held beside one for each group.
const OUTDONE_MAX: usize = 8192;

/// `row` of the row whose value of `by` is the smallest or the largest; null where there is none.
pub(crate) fn row(by: Expr, row: Expr, smallest: bool) -> Expr {
    let function = Foremost {
        smallest,
        signature: Signature::any(2, Volatility::Immutable),
    };
    Expr::AggregateFunction(AggregateFunction::new_udf(
        Arc::new(AggregateUDF::from(function)),
        vec![by, row],
        false,
        None,
        vec![],
        None,
    ))
}

#[derive(Debug, PartialEq, Eq, Hash)]
struct Foremost {
    smallest: bool,
    signature: Signature,
}

impl AggregateUDFImpl for Foremost {
    fn name(&self) -> &str {
        match self.smallest {
            true => "row_of_smallest",
            false => "row_of_largest",
        }
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, arguments: &[DataType]) -> Result<DataType> {
        Ok(arguments[1].clone())
    }

    fn state_fields(&self, args: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        let names = ["by", "row"].into_iter().zip(args.input_fields);
        let field = |(name, input): (&str, &FieldRef)| {
            let name = format_state_name(args.name, name);
            Arc::new(Field::new(name, input.data_type().clone(), true))
        };
        Ok(names.map(field).collect())
    }

    fn accumulator(&self, args: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        let mut rows = Rows::new(&args, self.smallest)?;
        rows.grow(1);
        Ok(Box::new(Whole(rows)))
    }

    fn groups_accumulator_supported(&self, _: AccumulatorArgs) -> bool {
        true
    }

    fn create_groups_accumulator(
        &self,
        args: AccumulatorArgs,
    ) -> Result<Box<dyn GroupsAccumulator>> {
        Ok(Box::new(Rows::new(&args, self.smallest)?))
    }

    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        AggregateOrderSensitivity::Insensitive
    }
}

/// The row of a group.
#[derive(Clone, Debug)]
struct Found {
    /// Its value as bytes: those of the foremost come first.
    key: Box<[u8]>,
    /// Among the kept.
    batch: usize,
    row: usize,
}

/// Values and rows of some groups.
#[derive(Debug)]
struct Kept([ArrayRef; 2]);

impl Kept {
    fn size(&self) -> usize {
        let size = |column: &ArrayRef| column.get_array_memory_size();
        self.0.iter().map(size).sum()
    }
}

#[derive(Debug)]
struct Rows {
    types: [DataType; 2],
    keys: RowConverter,
    groups: Vec<Option<Found>>,
    kept: Vec<Kept>,
    /// Rows of the kept.
    rows: usize,
    /// Bytes that keys and the kept have on the heap.
    heap: usize,
}

impl Rows {
    fn new(args: &AccumulatorArgs<'_>, smallest: bool) -> Result<Self> {
        let types = [0, 1].map(|place: usize| args.expr_fields[place].data_type().clone());
        let order = SortOptions {
            descending: !smallest,
            nulls_first: false,
        };
        let field = SortField::new_with_options(types[0].clone(), order);
        Ok(Self {
            types,
            keys: RowConverter::new(vec![field])?,
            groups: Vec::new(),
            kept: Vec::new(),
            rows: 0,
            heap: 0,
        })
    }

    /// There are so many groups now.
    fn grow(&mut self, groups: usize) {
        self.groups.resize(groups, None);
    }

    fn add(
        &mut self,
        columns: &[ArrayRef],
        groups: &[usize],
        filter: Option<&BooleanArray>,
    ) -> Result<()> {
        let keys = self.keys.convert_columns(&columns[..1])?;
        // The rows that are foremost so far, by their groups.
        let mut chosen: HashMap<usize, u32> = HashMap::new();
        for (row, group) in groups.iter().enumerate() {
            if columns[0].is_null(row) || !passes(filter, row) {
                continue;
            }
            let key = keys.row(row);
            let found = &mut self.groups[*group];
            if found
                .as_ref()
                .is_some_and(|found| *found.key <= *key.data())
            {
                continue;
            }
            let before = found.replace(Found {
                key: key.data().into(),
                batch: self.kept.len(),
                row: 0,
            });
            self.heap += key.data().len();
            self.heap -= before.map_or(0, |before| before.key.len());
            chosen.insert(*group, row as u32);
        }
        if chosen.is_empty() {
            return Ok(());
        }
        let mut rows = Vec::with_capacity(chosen.len());
        for (group, row) in chosen {
            if let Some(found) = &mut self.groups[group] {
                found.row = rows.len();
            }
            rows.push(row);
        }
        let rows = UInt32Array::from(rows);
        let taken =
            |column: &ArrayRef| -> Result<ArrayRef> { Ok(owned(&take(column, &rows, None)?)) };
        self.keep([taken(&columns[0])?, taken(&columns[1])?]);
        match self.rows > 2 * self.groups.len() + OUTDONE_MAX {
            true => self.write_anew(),
            false => Ok(()),
        }
    }

    fn keep(&mut self, columns: [ArrayRef; 2]) {
        self.rows += columns[0].len();
        let kept = Kept(columns);
        self.heap += kept.size();
        self.kept.push(kept);
    }

    /// Lets go of rows that are of no group any more.
    fn write_anew(&mut self) -> Result<()> {
        let columns = self.columns(&self.groups)?;
        let before: usize = self.kept.drain(..).map(|kept| kept.size()).sum();
        self.heap -= before;
        self.rows = 0;
        for (place, group) in self.groups.iter_mut().enumerate() {
            if let Some(found) = group {
                (found.batch, found.row) = (0, place);
            }
        }
        self.keep(columns.map(|column| owned(&column)));
        Ok(())
    }

    /// Values and rows of these groups.
    fn columns(&self, groups: &[Option<Found>]) -> Result<[ArrayRef; 2]> {
        let places: Vec<(usize, usize)> = groups
            .iter()
            .map(|group| match group {
                Some(found) => (found.batch + 1, found.row),
                None => (0, 0),
            })
            .collect();
        let column = |place: usize| -> Result<ArrayRef> {
            let null = new_null_array(&self.types[place], 1);
            let kept = self.kept.iter().map(|kept| kept.0[place].as_ref());
            let all: Vec<&dyn Array> = std::iter::once(null.as_ref()).chain(kept).collect();
            Ok(interleave(&all, &places)?)
        };
        Ok([column(0)?, column(1)?])
    }

    fn emit(&mut self, to: EmitTo) -> Result<[ArrayRef; 2]> {
        let groups = to.take_needed(&mut self.groups);
        let keys = groups.iter().flatten().map(|found| found.key.len());
        self.heap -= keys.sum::<usize>();
        let columns = self.columns(&groups)?;
        self.write_anew()?;
        Ok(columns)
    }
}

impl GroupsAccumulator for Rows {
    fn update_batch(
        &mut self,
        values: &[ArrayRef],
        groups: &[usize],
        filter: Option<&BooleanArray>,
        total: usize,
    ) -> Result<()> {
        self.grow(total);
        self.add(values, groups, filter)
    }

    fn merge_batch(&mut self, states: &[ArrayRef], groups: &[usize], total: usize) -> Result<()> {
        self.grow(total);
        self.add(states, groups, None)
    }

    fn convert_to_state(
        &self,
        values: &[ArrayRef],
        filter: Option<&BooleanArray>,
    ) -> Result<Vec<ArrayRef>> {
        let by = match filter {
            Some(filter) => nullif(&values[0], &not(&filled(filter))?)?,
            None => ArrayRef::clone(&values[0]),
        };
        Ok(vec![by, ArrayRef::clone(&values[1])])
    }

    fn state(&mut self, to: EmitTo) -> Result<Vec<ArrayRef>> {
        Ok(Vec::from(self.emit(to)?))
    }

    fn evaluate(&mut self, to: EmitTo) -> Result<ArrayRef> {
        let [_, rows] = self.emit(to)?;
        Ok(rows)
    }

    fn size(&self) -> usize {
        let groups = self.groups.capacity() * size_of::<Option<Found>>();
        size_of::<Self>() + self.keys.size() + groups + self.heap
    }
}

/// A filter in which null is false.
fn filled(filter: &BooleanArray) -> BooleanArray {
    let passing = |row| passes(Some(filter), row);
    (0..filter.len()).map(passing).map(Some).collect()
}

/// The same values without the texts of others that they came with.
fn owned(array: &ArrayRef) -> ArrayRef {
    match array.data_type() {
        DataType::Utf8View => Arc::new(array.as_string_view().gc()),
        DataType::BinaryView => Arc::new(array.as_binary_view().gc()),
        DataType::Struct(_) => Arc::new(owned_struct(array.as_struct())),
        DataType::List(item) => {
            let list = array.as_list::<i32>();
            let (offsets, nulls) = (list.offsets().clone(), list.nulls().cloned());
            let values = owned(list.values());
            Arc::new(ListArray::new(Arc::clone(item), offsets, values, nulls))
        }
        DataType::Map(entry, is_sorted) => {
            let map = array.as_map();
            let (offsets, nulls) = (map.offsets().clone(), map.nulls().cloned());
            let entries = owned_struct(map.entries());
            let entry = Arc::clone(entry);
            Arc::new(MapArray::new(entry, offsets, entries, nulls, *is_sorted))
        }
        _ => ArrayRef::clone(array),
    }
}

fn owned_struct(array: &StructArray) -> StructArray {
    let columns: Vec<ArrayRef> = array.columns().iter().map(owned).collect();
    let nulls = array.nulls().cloned();
    match columns.is_empty() {
        true => array.clone(),
        false => StructArray::new(array.fields().clone(), columns, nulls),
    }
}
