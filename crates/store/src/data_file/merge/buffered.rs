//! Rows of a data file in the types of the buffer: see `model::span::Column::buffered`.

use crate::hex;
use arrow::array::{
    Array, ArrayRef, AsArray, DictionaryArray, FixedSizeBinaryArray, MapArray, RecordBatch,
    StringArray, UInt32Array,
};
use arrow::compute;
use arrow::datatypes::{DataType, Schema};
use arrow::error::ArrowError;
use model::span::{self, Column, ColumnType};
use model::texts::Interner;
use std::sync::Arc;

/// How the Parquet reader is to give a column: texts as keys into the file's own dictionary.
pub(super) fn read_as(column: &Column) -> DataType {
    match (column.kind, column.buffered()) {
        (ColumnType::Text, DataType::FixedSizeBinary(_)) => DataType::Utf8,
        (ColumnType::Text, buffered) => buffered,
        (kind, _) => kind.arrow(),
    }
}

/// A batch of the model's `columns` as the reader gave it, in the model's order and the buffer's types.
pub(super) fn batch(read: &RecordBatch, columns: &[usize]) -> Result<RecordBatch, ArrowError> {
    let mut of_model: Vec<(usize, &ArrayRef)> =
        columns.iter().copied().zip(read.columns()).collect();
    of_model.sort_by_key(|(column, _)| *column);
    let schema = span::buffered_schema();
    let fields = of_model
        .iter()
        .map(|(column, _)| schema.fields()[*column].clone());
    let arrays = of_model
        .iter()
        .map(|(column, array)| buffered(array, schema.field(*column).data_type()));
    RecordBatch::try_new(
        Arc::new(Schema::new(fields.collect::<Vec<_>>())),
        arrays.collect::<Result<_, _>>()?,
    )
}

fn buffered(column: &ArrayRef, kind: &DataType) -> Result<ArrayRef, ArrowError> {
    Ok(match kind {
        DataType::FixedSizeBinary(bytes) => Arc::new(ids(column.as_string(), *bytes)?),
        DataType::Dictionary(_, values) if values.is_nested() => Arc::new(shared(column.as_map())?),
        _ => Arc::clone(column),
    })
}

/// From lower-case hex, as we write it.
fn ids(texts: &StringArray, bytes: i32) -> Result<FixedSizeBinaryArray, ArrowError> {
    let bytes_each = bytes as usize;
    let mut ids = Vec::with_capacity(texts.len() * bytes_each);
    for (row, text) in texts.iter().enumerate() {
        let end = (row + 1) * bytes_each;
        let Some(text) = text else {
            ids.resize(end, 0);
            continue;
        };
        hex::decode(text.as_bytes(), &mut ids)
            .filter(|()| ids.len() == end)
            .ok_or_else(|| ArrowError::CastError(format!("{text:?} is no id")))?;
    }
    FixedSizeBinaryArray::try_new(bytes, ids.into(), texts.nulls().cloned())
}

/// Each map once, however many rows have it.
fn shared(maps: &MapArray) -> Result<DictionaryArray<arrow::datatypes::UInt32Type>, ArrowError> {
    let (keys, values) = (
        maps.keys().as_string::<i32>(),
        maps.values().as_string::<i32>(),
    );
    let (mut known, mut firsts, mut content) = (Interner::default(), Vec::new(), Vec::new());
    let offsets = maps.value_offsets();
    let mut number = |row: usize| {
        content.clear();
        for entry in offsets[row] as usize..offsets[row + 1] as usize {
            for (texts, is_valid) in [(keys, true), (values, values.is_valid(entry))] {
                let text = if is_valid { texts.value(entry) } else { "" };
                content.extend_from_slice(&(text.len() as u32).to_le_bytes());
                content.push(is_valid.into());
                content.extend_from_slice(text.as_bytes());
            }
        }
        let number = known.intern(&content);
        if number as usize == firsts.len() {
            firsts.push(row as u32);
        }
        number
    };
    let numbers: UInt32Array = (0..maps.len())
        .map(|row| maps.is_valid(row).then(|| number(row)))
        .collect();
    let distinct = compute::take(maps, &UInt32Array::from(firsts), None)?;
    DictionaryArray::try_new(numbers, distinct)
}
