//! What each operation contributes to the critical path of a trace. The values that tell operations apart are kept
//! once for all spans.

use super::grouped::Grouped;
use super::ids::Id;
use super::path::{self, Span};
use crate::kernels::groups::{elements, passes};
use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Int64Array, new_empty_array};
use arrow::datatypes::{DataType, Field, FieldRef, Fields, Int64Type};
use arrow::row::{RowConverter, SortField};
use datafusion::common::{HashMap, Result, internal_err};
use datafusion::logical_expr::function::{AccumulatorArgs, StateFieldsArgs};
use datafusion::logical_expr::utils::{AggregateOrderSensitivity, format_state_name};
use datafusion::logical_expr::{
    Accumulator, AggregateUDFImpl, EmitTo, GroupsAccumulator, Signature, Volatility,
};
use std::sync::Arc;

pub(super) const NAME: &str = "critical_path";
/// The arguments before those of the operation: id, parent, start, duration.
const OF_SPANS: usize = 4;

#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Contributions {
    signature: Signature,
}

impl Contributions {
    pub(super) fn new() -> Self {
        Self {
            signature: Signature::variadic_any(Volatility::Immutable),
        }
    }
}

impl AggregateUDFImpl for Contributions {
    fn name(&self) -> &str {
        NAME
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, arguments: &[DataType]) -> Result<DataType> {
        let made = [super::SELF_TIME, super::SPANS].map(|name| (name, DataType::Int64));
        let fields = fields(&made, &arguments[OF_SPANS..]);
        Ok(DataType::List(super::item(DataType::Struct(fields))))
    }

    fn state_fields(&self, args: StateFieldsArgs) -> Result<Vec<FieldRef>> {
        let types = args.input_fields.iter().map(|field| field.data_type());
        let operation: Vec<DataType> = types.skip(OF_SPANS).cloned().collect();
        let state = DataType::List(super::item(DataType::Struct(state(&operation))));
        let name = format_state_name(args.name, "spans");
        Ok(vec![Arc::new(Field::new(name, state, true))])
    }

    fn accumulator(&self, _: AccumulatorArgs) -> Result<Box<dyn Accumulator>> {
        super::without_groups(NAME)
    }

    fn groups_accumulator_supported(&self, _: AccumulatorArgs) -> bool {
        true
    }

    fn create_groups_accumulator(
        &self,
        args: AccumulatorArgs,
    ) -> Result<Box<dyn GroupsAccumulator>> {
        let types = args.expr_fields.iter().map(|field| field.data_type());
        let operation = types.skip(OF_SPANS).cloned().collect();
        Ok(Box::new(Spans::new(operation)?))
    }

    fn order_sensitivity(&self) -> AggregateOrderSensitivity {
        AggregateOrderSensitivity::Insensitive
    }
}

/// These, and the values of an operation, called after their places.
fn fields(first: &[(&str, DataType)], operation: &[DataType]) -> Fields {
    let first = first
        .iter()
        .map(|(name, data_type)| Field::new(*name, data_type.clone(), true));
    let of_operation = operation
        .iter()
        .enumerate()
        .map(|(place, data_type)| Field::new(place.to_string(), data_type.clone(), true));
    first.chain(of_operation).collect()
}

/// The fields of a span in the state.
fn state(operation: &[DataType]) -> Fields {
    let of_spans = ["id", "parent", "start", "duration"];
    fields(&of_spans.map(|name| (name, DataType::Int64)), operation)
}

#[derive(Debug)]
struct Spans {
    spans: Grouped<Span>,
    operations: Operations,
}

impl Spans {
    fn new(operation: Vec<DataType>) -> Result<Self> {
        Ok(Self {
            spans: Grouped::new(),
            operations: Operations::new(operation)?,
        })
    }

    fn add(
        &mut self,
        columns: &[ArrayRef],
        groups: &[usize],
        filter: Option<&BooleanArray>,
    ) -> Result<()> {
        let numbers = |place: usize| columns[place].as_primitive::<Int64Type>();
        let [ids, parents, starts, durations] = [0, 1, 2, 3].map(numbers);
        let operations = self.operations.numbers(&columns[OF_SPANS..])?;
        for (row, group) in groups.iter().enumerate() {
            let id = Id::of_bits(ids.value(row));
            if id == Id::NONE || starts.is_null(row) || !passes(filter, row) {
                continue;
            }
            let start = starts.value(row);
            let duration = match durations.is_valid(row) {
                true => durations.value(row).max(0),
                false => 0,
            };
            let span = Span {
                id,
                parent: Id::of_bits(parents.value(row)),
                start,
                end: start.saturating_add(duration),
                operation: operations[row],
            };
            self.spans.push(*group, span);
        }
        Ok(())
    }
}

impl GroupsAccumulator for Spans {
    fn update_batch(
        &mut self,
        values: &[ArrayRef],
        groups: &[usize],
        filter: Option<&BooleanArray>,
        total: usize,
    ) -> Result<()> {
        self.spans.grow(total);
        self.add(values, groups, filter)
    }

    fn merge_batch(&mut self, states: &[ArrayRef], groups: &[usize], total: usize) -> Result<()> {
        self.spans.grow(total);
        let (spans, groups) = elements(&states[0], groups);
        self.add(spans.columns(), &groups, None)
    }

    fn convert_to_state(
        &self,
        values: &[ArrayRef],
        filter: Option<&BooleanArray>,
    ) -> Result<Vec<ArrayRef>> {
        let mut each = Self::new(self.operations.types.clone())?;
        let rows = values[0].len();
        each.update_batch(values, &Vec::from_iter(0..rows), filter, rows)?;
        each.state(EmitTo::All)
    }

    fn state(&mut self, to: EmitTo) -> Result<Vec<ArrayRef>> {
        let emitted = self.spans.emit(to);
        let numbers = |of: fn(&Span) -> i64| -> ArrayRef {
            Arc::new(Int64Array::from_iter_values(emitted.rows().map(of)))
        };
        let mut columns = vec![
            numbers(|span| span.id.bits()),
            numbers(|span| span.parent.bits()),
            numbers(|span| span.start),
            numbers(|span| span.end - span.start),
        ];
        let numbers = emitted.rows().map(|span| span.operation);
        columns.extend(self.operations.values(numbers)?);
        let fields = state(&self.operations.types);
        Ok(vec![super::lists(fields, columns, emitted.lengths())?])
    }

    fn evaluate(&mut self, to: EmitTo) -> Result<ArrayRef> {
        let emitted = self.spans.emit(to);
        let (mut numbers, mut lengths) = (Vec::new(), Vec::new());
        let (mut nanos, mut spans) = (Vec::new(), Vec::new());
        for trace in emitted.each() {
            let owned = path::owned(trace.iter().map(|(_, span)| *span).collect());
            lengths.push(owned.len());
            for (operation, owned) in owned {
                numbers.push(operation);
                nanos.push(owned.nanos);
                spans.push(owned.spans);
            }
        }
        let mut columns: Vec<ArrayRef> = vec![
            Arc::new(Int64Array::from(nanos)),
            Arc::new(Int64Array::from(spans)),
        ];
        columns.extend(self.operations.values(numbers.into_iter())?);
        let made = [super::SELF_TIME, super::SPANS].map(|name| (name, DataType::Int64));
        super::lists(fields(&made, &self.operations.types), columns, lengths)
    }

    fn size(&self) -> usize {
        size_of::<Self>() + self.spans.size() + self.operations.size()
    }
}

/// The operations met so far, by numbers.
#[derive(Debug)]
struct Operations {
    types: Vec<DataType>,
    /// Values as bytes, and back.
    rows: RowConverter,
    numbers: HashMap<Arc<[u8]>, u32>,
    /// By their numbers.
    values: Vec<Arc<[u8]>>,
    /// Of all values.
    bytes: usize,
}

impl Operations {
    fn new(types: Vec<DataType>) -> Result<Self> {
        let fields = types.iter().cloned().map(SortField::new).collect();
        Ok(Self {
            rows: RowConverter::new(fields)?,
            types,
            numbers: HashMap::new(),
            values: Vec::new(),
            bytes: 0,
        })
    }

    fn numbers(&mut self, columns: &[ArrayRef]) -> Result<Vec<u32>> {
        let rows = self.rows.convert_columns(columns)?;
        let mut numbers = Vec::with_capacity(rows.num_rows());
        for row in &rows {
            let number = match self.numbers.get(row.data()) {
                Some(number) => *number,
                None => {
                    let value: Arc<[u8]> = row.data().into();
                    let Ok(number) = u32::try_from(self.values.len()) else {
                        return internal_err!("more operations than there are numbers");
                    };
                    self.bytes += value.len();
                    self.values.push(Arc::clone(&value));
                    self.numbers.insert(value, number);
                    number
                }
            };
            numbers.push(number);
        }
        Ok(numbers)
    }

    fn values(&self, numbers: impl Iterator<Item = u32>) -> Result<Vec<ArrayRef>> {
        let parser = self.rows.parser();
        let mut rows = numbers
            .map(|number| parser.parse(&self.values[number as usize]))
            .peekable();
        if rows.peek().is_none() {
            return Ok(self.types.iter().map(new_empty_array).collect());
        }
        Ok(self.rows.convert_rows(rows)?)
    }

    fn size(&self) -> usize {
        let entry = size_of::<(Arc<[u8]>, u32)>();
        let listed = self.values.capacity() * size_of::<Arc<[u8]>>();
        self.rows.size() + self.bytes + listed + self.numbers.capacity() * entry
    }
}
