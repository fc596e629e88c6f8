//! One value of a result, as JSON: times as RFC 3339, timespans as Go writes them, lists and maps as they
//! are, and null for what JSON cannot say (`NaN`).

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::datatypes::{
    DataType, DurationMicrosecondType, DurationMillisecondType, DurationNanosecondType,
    DurationSecondType, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    TimeUnit, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow::util::display::array_value_to_string;
use serde::ser::{Error as _, SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// The value in a row of a column.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell<'a> {
    array: &'a dyn Array,
    row: usize,
    /// Inside a list or a map, where Axiom writes times as a number of nanoseconds.
    nested: bool,
    /// Its text is JSON.
    is_json: bool,
}

/// A column of all batches of a result, as a JSON array.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column<'a> {
    pub(super) batches: &'a [RecordBatch],
    pub(super) index: usize,
    /// Its strings are JSON text: arrays, maps and dynamic values.
    pub(super) is_json: bool,
}

impl<'a> Cell<'a> {
    pub(super) fn new(array: &'a dyn Array, row: usize) -> Self {
        Self {
            array,
            row,
            nested: false,
            is_json: false,
        }
    }

    /// A value of a field of this kind: JSON text is what it says.
    pub(super) fn of(kind: apl::Kind, array: &'a dyn Array, row: usize) -> Self {
        Self {
            is_json: kind.is_json(),
            ..Self::new(array, row)
        }
    }

    fn inner(array: &'a dyn Array, row: usize) -> Self {
        Self {
            array,
            row,
            nested: true,
            is_json: false,
        }
    }
}

impl Serialize for Column<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let rows = self.batches.iter().map(RecordBatch::num_rows).sum();
        let mut values = serializer.serialize_seq(Some(rows))?;
        for batch in self.batches {
            let array = batch.column(self.index);
            for row in 0..array.len() {
                let cell = Cell {
                    is_json: self.is_json,
                    ..Cell::new(array.as_ref(), row)
                };
                values.serialize_element(&cell)?;
            }
        }
        values.end()
    }
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { array, row, .. } = *self;
        if array.is_null(row) {
            return serializer.serialize_none();
        }
        if let Some(texts) = array.as_string_view_opt().filter(|_| self.is_json) {
            return json::<S::Error>(texts.value(row))?.serialize(serializer);
        }
        match array.data_type() {
            DataType::Boolean => serializer.serialize_bool(array.as_boolean().value(row)),
            DataType::Utf8 => serializer.serialize_str(array.as_string::<i32>().value(row)),
            DataType::LargeUtf8 => serializer.serialize_str(array.as_string::<i64>().value(row)),
            DataType::Utf8View => serializer.serialize_str(array.as_string_view().value(row)),
            DataType::Timestamp(..) | DataType::Duration(_) => self.time(serializer),
            DataType::List(_) => sequence(&array.as_list::<i32>().value(row), serializer),
            DataType::LargeList(_) => sequence(&array.as_list::<i64>().value(row), serializer),
            DataType::FixedSizeList(..) => {
                sequence(&array.as_fixed_size_list().value(row), serializer)
            }
            DataType::Map(..) => self.map(serializer),
            DataType::Struct(_) => self.object(serializer),
            DataType::Dictionary(..) => {
                let dictionary = array.as_any_dictionary();
                let key = dictionary.normalized_keys()[row];
                Cell {
                    array: dictionary.values().as_ref(),
                    row: key,
                    nested: self.nested,
                    is_json: self.is_json,
                }
                .serialize(serializer)
            }
            DataType::Null => serializer.serialize_none(),
            kind if kind.is_numeric() => self.number(serializer),
            _ => serializer
                .serialize_str(&array_value_to_string(array, row).map_err(S::Error::custom)?),
        }
    }
}

impl Cell<'_> {
    fn number<S: Serializer>(self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { array, row, .. } = self;
        match array.data_type() {
            DataType::Int8 => serializer.serialize_i8(array.as_primitive::<Int8Type>().value(row)),
            DataType::Int16 => {
                serializer.serialize_i16(array.as_primitive::<Int16Type>().value(row))
            }
            DataType::Int32 => {
                serializer.serialize_i32(array.as_primitive::<Int32Type>().value(row))
            }
            DataType::Int64 => {
                serializer.serialize_i64(array.as_primitive::<Int64Type>().value(row))
            }
            DataType::UInt8 => {
                serializer.serialize_u8(array.as_primitive::<UInt8Type>().value(row))
            }
            DataType::UInt16 => {
                serializer.serialize_u16(array.as_primitive::<UInt16Type>().value(row))
            }
            DataType::UInt32 => {
                serializer.serialize_u32(array.as_primitive::<UInt32Type>().value(row))
            }
            DataType::UInt64 => {
                serializer.serialize_u64(array.as_primitive::<UInt64Type>().value(row))
            }
            DataType::Float32 => {
                serializer.serialize_f32(array.as_primitive::<Float32Type>().value(row))
            }
            DataType::Float64 => {
                serializer.serialize_f64(array.as_primitive::<Float64Type>().value(row))
            }
            _ => serializer
                .serialize_str(&array_value_to_string(array, row).map_err(S::Error::custom)?),
        }
    }

    fn time<S: Serializer>(self, serializer: S) -> Result<S::Ok, S::Error> {
        let nanos = self.nanos();
        if self.nested {
            return serializer.serialize_i64(nanos);
        }
        match self.array.data_type() {
            DataType::Timestamp(..) => serializer.serialize_str(&apl::datetime::format(nanos)),
            _ => serializer.serialize_str(&apl::timespan::format(nanos)),
        }
    }

    fn nanos(self) -> i64 {
        let Self { array, row, .. } = self;
        let (value, scale) = match array.data_type() {
            DataType::Timestamp(TimeUnit::Nanosecond, _) => (
                array.as_primitive::<TimestampNanosecondType>().value(row),
                1,
            ),
            DataType::Timestamp(TimeUnit::Microsecond, _) => (
                array.as_primitive::<TimestampMicrosecondType>().value(row),
                1_000,
            ),
            DataType::Timestamp(TimeUnit::Millisecond, _) => (
                array.as_primitive::<TimestampMillisecondType>().value(row),
                1_000_000,
            ),
            DataType::Timestamp(TimeUnit::Second, _) => (
                array.as_primitive::<TimestampSecondType>().value(row),
                1_000_000_000,
            ),
            DataType::Duration(TimeUnit::Nanosecond) => {
                (array.as_primitive::<DurationNanosecondType>().value(row), 1)
            }
            DataType::Duration(TimeUnit::Microsecond) => (
                array.as_primitive::<DurationMicrosecondType>().value(row),
                1_000,
            ),
            DataType::Duration(TimeUnit::Millisecond) => (
                array.as_primitive::<DurationMillisecondType>().value(row),
                1_000_000,
            ),
            DataType::Duration(TimeUnit::Second) => (
                array.as_primitive::<DurationSecondType>().value(row),
                1_000_000_000,
            ),
            _ => (0, 1),
        };
        value.saturating_mul(scale)
    }

    /// A map; a key that repeats is written once, with its last value.
    fn map<S: Serializer>(self, serializer: S) -> Result<S::Ok, S::Error> {
        let entries = self.array.as_map().value(self.row);
        let (keys, values) = (entries.column(0), entries.column(1));
        let mut object = serializer.serialize_map(None)?;
        for row in 0..entries.len() {
            let key = text(keys, row);
            if !(row + 1..entries.len()).any(|later| text(keys, later) == key) {
                object.serialize_entry(key, &Cell::inner(values.as_ref(), row))?;
            }
        }
        object.end()
    }

    /// An object, without its nulls.
    fn object<S: Serializer>(self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = self.array.as_struct();
        let mut object = serializer.serialize_map(None)?;
        for (name, values) in fields.column_names().iter().zip(fields.columns()) {
            if values.is_valid(self.row) {
                object.serialize_entry(name, &Cell::inner(values.as_ref(), self.row))?;
            }
        }
        object.end()
    }
}

fn sequence<S: Serializer>(values: &ArrayRef, serializer: S) -> Result<S::Ok, S::Error> {
    let mut sequence = serializer.serialize_seq(Some(values.len()))?;
    for row in 0..values.len() {
        sequence.serialize_element(&Cell::inner(values.as_ref(), row))?;
    }
    sequence.end()
}

/// JSON text as it is.
fn json<E: serde::ser::Error>(text: &str) -> Result<Box<RawValue>, E> {
    RawValue::from_string(text.to_owned()).map_err(E::custom)
}

/// The text in a column of either of the two kinds that keys come in.
pub(super) fn text(array: &ArrayRef, row: usize) -> &str {
    match array.data_type() {
        DataType::Utf8View => array.as_string_view().value(row),
        DataType::Utf8 => array.as_string::<i32>().value(row),
        _ => "",
    }
}
