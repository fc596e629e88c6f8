//! Many batches → one, its rows in the order of the file.
//!
//! The order: traces by the time of their first span in the batch, then by id; within a trace by time.
//! Trace-mates are adjacent, so most of their values repeat and compress; files and row groups stay
//! narrow in time, so their statistics prune.

use crate::Error;
use arrow::array::{Array, ArrayRef, AsArray, RecordBatch, UInt32Array, new_null_array};
use arrow::compute;
use arrow::datatypes::{Schema, TimestampNanosecondType};
use arrow::error::ArrowError;
use model::span;
use std::collections::HashMap;
use std::sync::Arc;

/// The rows of all batches, without the columns that are null throughout.
pub(crate) fn arrange(batches: &[&RecordBatch]) -> Result<RecordBatch, Error> {
    let whole = concatenate(batches)?;
    let order = order(&whole)?;
    Ok(compute::take_record_batch(&whole, &order)?)
}

/// One batch with the columns that any of them has a value in.
fn concatenate(batches: &[&RecordBatch]) -> Result<RecordBatch, Error> {
    let (mut fields, mut columns) = (Vec::new(), Vec::new());
    for field in span::schema().fields() {
        let has_value = |batch: &&RecordBatch| {
            batch
                .column_by_name(field.name())
                .is_some_and(|column| column.null_count() < column.len())
        };
        if field.is_nullable() && !batches.iter().any(has_value) {
            continue;
        }
        let parts: Vec<ArrayRef> = batches
            .iter()
            .map(|batch| match batch.column_by_name(field.name()) {
                Some(column) => Arc::clone(column),
                None => new_null_array(field.data_type(), batch.num_rows()),
            })
            .collect();
        let parts: Vec<&dyn Array> = parts.iter().map(AsRef::as_ref).collect();
        columns.push(compute::concat(&parts)?);
        fields.push(Arc::clone(field));
    }
    Ok(RecordBatch::try_new(
        Arc::new(Schema::new(fields)),
        columns,
    )?)
}

/// Row numbers of `batch` in the order of the file.
fn order(batch: &RecordBatch) -> Result<UInt32Array, Error> {
    let missing = |name: &str| ArrowError::SchemaError(format!("no column {name} of its type"));
    let times = batch
        .column_by_name(span::TIME)
        .and_then(|column| column.as_primitive_opt::<TimestampNanosecondType>())
        .ok_or_else(|| missing(span::TIME))?;
    let ids = batch
        .column_by_name(span::TRACE_ID)
        .and_then(|column| column.as_string_view_opt())
        .ok_or_else(|| missing(span::TRACE_ID))?;
    let mut first_times: HashMap<&str, i64> = HashMap::new();
    for (row, time) in times.values().iter().enumerate() {
        first_times
            .entry(ids.value(row))
            .and_modify(|first| *first = (*first).min(*time))
            .or_insert(*time);
    }
    // Sorting the traces once and the rows by a number is cheaper than comparing ids row by row.
    let mut traces: Vec<(i64, &str)> = first_times
        .into_iter()
        .map(|(id, time)| (time, id))
        .collect();
    traces.sort_unstable();
    let ranks: HashMap<&str, usize> = traces
        .iter()
        .enumerate()
        .map(|(rank, (_, id))| (*id, rank))
        .collect();
    let mut rows: Vec<(usize, i64, u32)> = (0u32..)
        .zip(times.values())
        .map(|(row, time)| (ranks[ids.value(row as usize)], *time, row))
        .collect();
    rows.sort_unstable();
    Ok(UInt32Array::from_iter_values(
        rows.into_iter().map(|(_, _, row)| row),
    ))
}
