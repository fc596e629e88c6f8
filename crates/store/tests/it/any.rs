//! Batches with any values in every column: nulls, empty lists and maps, texts that repeat and that do not.

use crate::spans::{self, TRACE_SPANS};
use arrow::array::{
    Array, ArrayRef, BooleanArray, DictionaryArray, DurationNanosecondArray, FixedSizeBinaryArray,
    Float64Array, Int64Array, ListArray, MapArray, RecordBatch, StringArray, StructArray,
    TimestampNanosecondArray, UInt32Array,
};
use arrow::buffer::{NullBuffer, OffsetBuffer};
use arrow::datatypes::{DataType, Field, Fields, Schema};
use model::span;
use std::ops::Range;
use std::sync::Arc;

/// Chance from a seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (x ^ (x >> 31)) % end
    }

    fn nulls(&mut self, rows: usize, is_nullable: bool) -> Option<NullBuffer> {
        is_nullable.then(|| NullBuffer::from_iter((0..rows).map(|_| self.below(4) > 0)))
    }

    fn lengths(&mut self, rows: usize) -> OffsetBuffer<i32> {
        OffsetBuffer::from_lengths((0..rows).map(|_| self.below(4) as usize))
    }
}

/// A key of the maps.
pub(crate) fn any_map_key(number: u64) -> String {
    format!("key {number}")
}

/// The spans of these numbers, always the same; some columns are absent.
pub(crate) fn any_batch(numbers: Range<u64>, arrival_nanos: i64) -> RecordBatch {
    let mut chance = Chance(numbers.start);
    let rows = (numbers.end - numbers.start) as usize;
    let schema = span::buffered_schema();
    let (mut fields, mut columns) = (Vec::new(), Vec::new());
    for field in schema.fields() {
        if field.is_nullable() && chance.below(5) == 0 {
            continue;
        }
        let id = |id: String| -> Vec<u8> {
            let digits = (0..id.len()).step_by(2);
            digits
                .map(|at| u8::from_str_radix(&id[at..at + 2], 16).unwrap())
                .collect()
        };
        let ids = |of: fn(u64) -> String| -> ArrayRef {
            let ids = numbers.clone().map(|number| id(of(number)));
            Arc::new(FixedSizeBinaryArray::try_from_iter(ids).unwrap())
        };
        columns.push(match field.name().as_str() {
            span::SPAN_ID => ids(spans::span_id),
            // Trace-mates in several files.
            span::TRACE_ID => ids(|number| spans::trace_id(number % 1000 * TRACE_SPANS)),
            span::SYS_TIME => Arc::new(TimestampNanosecondArray::from_value(arrival_nanos, rows)),
            _ => any(field.data_type(), rows, field.is_nullable(), &mut chance),
        });
        fields.push(field.as_ref().clone());
    }
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).unwrap()
}

fn any(kind: &DataType, rows: usize, is_nullable: bool, chance: &mut Chance) -> ArrayRef {
    let nulls = chance.nulls(rows, is_nullable);
    let numbers: Vec<i64> = (0..rows).map(|_| chance.below(5000) as i64 - 100).collect();
    match kind {
        DataType::Int64 => Arc::new(Int64Array::new(numbers.into(), nulls)),
        DataType::Timestamp(..) => Arc::new(TimestampNanosecondArray::new(numbers.into(), nulls)),
        DataType::Duration(_) => Arc::new(DurationNanosecondArray::new(numbers.into(), nulls)),
        DataType::Float64 => {
            let floats: Vec<f64> = numbers.iter().map(|number| *number as f64 / 7.0).collect();
            Arc::new(Float64Array::new(floats.into(), nulls))
        }
        DataType::Boolean => {
            let flags: Vec<bool> = numbers.iter().map(|number| number % 2 == 0).collect();
            Arc::new(BooleanArray::new(flags.into(), nulls))
        }
        DataType::FixedSizeBinary(bytes) => {
            let content: Vec<u8> = (0..rows * *bytes as usize)
                .map(|_| chance.below(256) as u8)
                .collect();
            Arc::new(FixedSizeBinaryArray::new(*bytes, content.into(), nulls))
        }
        DataType::Utf8 => {
            let variety = [3, 5000][chance.below(2) as usize];
            let texts = numbers.iter().map(|number| match number % variety {
                0 => String::new(),
                other => format!("ü {other}"),
            });
            let texts = StringArray::from_iter_values(texts);
            let (offsets, values, _) = texts.into_parts();
            Arc::new(StringArray::new(offsets, values, nulls))
        }
        DataType::Dictionary(_, values) => {
            let distinct = (rows / 3).max(1);
            let keys: Vec<u32> = (0..rows)
                .map(|_| chance.below(distinct as u64) as u32)
                .collect();
            let values = any(values, distinct, false, chance);
            Arc::new(DictionaryArray::new(
                UInt32Array::new(keys.into(), nulls),
                values,
            ))
        }
        DataType::List(item) => {
            let lengths = chance.lengths(rows);
            let items = any(item.data_type(), lengths[rows] as usize, true, chance);
            Arc::new(ListArray::new(Arc::clone(item), lengths, items, nulls))
        }
        DataType::Struct(fields) => Arc::new(any_struct(fields, rows, nulls, chance)),
        DataType::Map(entries, sorted) => Arc::new(any_map(entries, *sorted, rows, nulls, chance)),
        other => unreachable!("no column is {other}"),
    }
}

fn any_map(
    entries: &Arc<Field>,
    sorted: bool,
    rows: usize,
    nulls: Option<NullBuffer>,
    chance: &mut Chance,
) -> MapArray {
    let DataType::Struct(fields) = entries.data_type() else {
        unreachable!("entries of a map")
    };
    let lengths = chance.lengths(rows);
    // A key is there once in a map.
    let keys = lengths.windows(2).flat_map(|of_row| {
        let first = chance.below(8);
        (0..(of_row[1] - of_row[0]) as u64).map(move |at| any_map_key((first + at) % 8))
    });
    let keys = StringArray::from_iter_values(keys.collect::<Vec<_>>());
    let values = any(fields[1].data_type(), keys.len(), true, chance);
    let pairs = StructArray::new(fields.clone(), vec![Arc::new(keys), values], None);
    MapArray::new(Arc::clone(entries), lengths, pairs, nulls, sorted)
}

fn any_struct(
    fields: &Fields,
    rows: usize,
    nulls: Option<NullBuffer>,
    chance: &mut Chance,
) -> StructArray {
    let columns = fields
        .iter()
        .map(|field: &Arc<Field>| any(field.data_type(), rows, field.is_nullable(), chance));
    StructArray::new(fields.clone(), columns.collect(), nulls)
}
