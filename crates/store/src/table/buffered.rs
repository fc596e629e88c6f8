//! Buffered rows → a plan.
//!
//! Requests are small and sparse; what reads them wants few batches with all columns. So the columns
//! that a query asks for are brought together here, a scan's worth of rows at a time.

use crate::buffer::Entry;
use arrow::array::{Array, ArrayRef, RecordBatch, RecordBatchOptions, new_null_array};
use arrow::compute;
use arrow::datatypes::{FieldRef, SchemaRef};
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
            Some(column) => Arc::clone(column),
            None => new_null_array(field.data_type(), entry.batch.num_rows()),
        })
        .collect();
    let parts: Vec<&dyn Array> = parts.iter().map(AsRef::as_ref).collect();
    Ok(compute::concat(&parts)?)
}
