//! Buffered rows → a plan.
//!
//! Requests are small and sparse; what reads them wants few batches with all columns. So the columns
//! that a query asks for are brought together here, a scan's worth of rows at a time.

use crate::buffer::Entry;
use arrow::array::{
    Array, ArrayRef, AsArray, FixedSizeBinaryArray, RecordBatch, RecordBatchOptions,
    StringViewArray, StringViewBuilder, new_null_array,
};
use arrow::compute;
use arrow::datatypes::{DataType, FieldRef, SchemaRef, UInt32Type};
use datafusion::catalog::memory::MemorySourceConfig;
use datafusion::datasource::source::DataSourceExec;
use datafusion::error::Result;
use datafusion::physical_plan::ExecutionPlan;
use model::span;
use std::sync::Arc;

/// Rows of a batch: DataFusion's own default.
const BATCH_ROWS: usize = 8192;

pub(super) fn scan(
    entries: &[Arc<Entry>],
    projection: Option<&Vec<usize>>,
    limit: Option<usize>,
) -> Result<Arc<dyn ExecutionPlan>> {
    let schema = match projection {
        Some(indices) => Arc::new(span::schema().project(indices)?),
        None => span::schema(),
    };
    let mut batches = Vec::new();
    let mut rest = entries;
    while !rest.is_empty() {
        let (group, after) = rest.split_at(group_len(rest));
        batches.push(gather(group, &schema)?);
        rest = after;
    }
    let source = MemorySourceConfig::try_new(&[batches], schema, None)?.with_limit(limit);
    Ok(DataSourceExec::from_data_source(source))
}

/// How many entries make a batch; at least one.
fn group_len(entries: &[Arc<Entry>]) -> usize {
    let mut rows = 0;
    let fits = entries.iter().take_while(|entry| {
        rows += entry.batch.num_rows();
        rows <= BATCH_ROWS
    });
    fits.count().max(1)
}

fn gather(entries: &[Arc<Entry>], schema: &SchemaRef) -> Result<RecordBatch> {
    let columns: Vec<ArrayRef> = schema
        .fields()
        .iter()
        .map(|field| column(entries, field))
        .collect::<Result<_>>()?;
    let rows = entries.iter().map(|entry| entry.batch.num_rows()).sum();
    let options = RecordBatchOptions::new().with_row_count(Some(rows));
    Ok(RecordBatch::try_new_with_options(
        Arc::clone(schema),
        columns,
        &options,
    )?)
}

fn column(entries: &[Arc<Entry>], field: &FieldRef) -> Result<ArrayRef> {
    let rows: usize = entries.iter().map(|entry| entry.batch.num_rows()).sum();
    if entries
        .iter()
        .all(|entry| entry.batch.column_by_name(field.name()).is_none())
    {
        return Ok(new_null_array(field.data_type(), rows));
    }
    let parts: Vec<ArrayRef> = entries
        .iter()
        .map(|entry| match entry.batch.column_by_name(field.name()) {
            Some(column) => queried(column, field),
            None => Ok(new_null_array(field.data_type(), entry.batch.num_rows())),
        })
        .collect::<Result<_>>()?;
    let parts: Vec<&dyn Array> = parts.iter().map(AsRef::as_ref).collect();
    Ok(compute::concat(&parts)?)
}

/// A column as a query has it: see `model::span::Column::buffered` for how it is in the buffer.
fn queried(column: &ArrayRef, field: &FieldRef) -> Result<ArrayRef> {
    Ok(match column.data_type() {
        DataType::FixedSizeBinary(_) => Arc::new(hex(column.as_fixed_size_binary())),
        DataType::Dictionary(_, values) if values.is_nested() => {
            let shared = column.as_dictionary::<UInt32Type>();
            compute::take(shared.values(), shared.keys(), None)?
        }
        DataType::Dictionary(..) => compute::cast(column, field.data_type())?,
        _ => Arc::clone(column),
    })
}

fn hex(ids: &FixedSizeBinaryArray) -> StringViewArray {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut texts = StringViewBuilder::with_capacity(ids.len());
    let mut text = String::with_capacity(2 * ids.value_length() as usize);
    for id in ids {
        let Some(id) = id else {
            texts.append_null();
            continue;
        };
        text.clear();
        let digits = id.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        text.extend(digits.map(|digit| char::from(DIGITS[usize::from(digit)])));
        texts.append_value(&text);
    }
    texts.finish()
}
