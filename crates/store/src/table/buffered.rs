//! Buffered rows → a plan.
//!
//! Requests are small and sparse; what reads them wants few batches with all columns. So the columns
//! that a query asks for are brought together here, a scan's worth of rows at a time.

use super::key_value;
use crate::buffer::Entry;
use crate::hex;
use arrow::array::{
    Array, ArrayRef, AsArray, FixedSizeBinaryArray, RecordBatch, RecordBatchOptions,
    StringViewArray, StringViewBuilder, new_null_array,
};
use arrow::compute;
use arrow::datatypes::{DataType, FieldRef, SchemaRef, UInt32Type};
use datafusion::error::Result;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::streaming::{PartitionStream, StreamingTableExec};
use model::span;
use std::sync::Arc;

/// Rows of a batch: DataFusion's own default.
const BATCH_ROWS: usize = 8192;

/// A plan that gathers the rows when they are read, a batch at a time: a query has no more of them in
/// memory than it asks for, whatever the buffer holds.
pub(super) fn scan(
    entries: &[Arc<Entry>],
    schema: &SchemaRef,
    limit: Option<usize>,
) -> Result<Arc<dyn ExecutionPlan>> {
    let rows: Arc<dyn PartitionStream> = Arc::new(Rows {
        schema: Arc::clone(schema),
        groups: groups(entries).into(),
    });
    // With a limit the rows are counted on their way, which answers to queries tell of.
    let count = entries.iter().map(|entry| entry.batch.num_rows()).sum();
    let limit = Some(limit.unwrap_or(count));
    let plan = StreamingTableExec::try_new(Arc::clone(schema), vec![rows], None, [], false, limit)?;
    Ok(Arc::new(plan))
}

/// Rows to be gathered; each group makes a batch.
#[derive(Debug)]
struct Rows {
    schema: SchemaRef,
    groups: Arc<[Vec<RecordBatch>]>,
}

impl PartitionStream for Rows {
    fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    fn execute(&self, _: Arc<TaskContext>) -> SendableRecordBatchStream {
        let (groups, schema) = (Arc::clone(&self.groups), Arc::clone(&self.schema));
        let batches = (0..groups.len()).map(move |group| gather(&groups[group], &schema));
        let batches = futures::stream::iter(batches);
        let schema = Arc::clone(&self.schema);
        Box::pin(RecordBatchStreamAdapter::new(schema, batches))
    }
}

/// The rows, cut and brought together so that each group has at most [`BATCH_ROWS`].
fn groups(entries: &[Arc<Entry>]) -> Vec<Vec<RecordBatch>> {
    let (mut groups, mut group, mut rows) = (Vec::new(), Vec::new(), 0);
    for entry in entries {
        let mut rest = entry.batch.clone();
        while rest.num_rows() > 0 {
            let taken = rest.num_rows().min(BATCH_ROWS - rows);
            group.push(rest.slice(0, taken));
            rest = rest.slice(taken, rest.num_rows() - taken);
            rows += taken;
            if rows == BATCH_ROWS {
                groups.push(std::mem::take(&mut group));
                rows = 0;
            }
        }
    }
    if !group.is_empty() {
        groups.push(group);
    }
    groups
}

fn gather(parts: &[RecordBatch], schema: &SchemaRef) -> Result<RecordBatch> {
    let columns: Vec<ArrayRef> = schema
        .fields()
        .iter()
        .map(|field| column(parts, field))
        .collect::<Result<_>>()?;
    let rows = parts.iter().map(RecordBatch::num_rows).sum();
    let options = RecordBatchOptions::new().with_row_count(Some(rows));
    Ok(RecordBatch::try_new_with_options(
        Arc::clone(schema),
        columns,
        &options,
    )?)
}

fn column(parts: &[RecordBatch], field: &FieldRef) -> Result<ArrayRef> {
    if let Some((map, key)) = span::of_key_column(field.name()) {
        return of_key(parts, map, key);
    }
    let rows: usize = parts.iter().map(RecordBatch::num_rows).sum();
    if parts
        .iter()
        .all(|part| part.column_by_name(field.name()).is_none())
    {
        return Ok(new_null_array(field.data_type(), rows));
    }
    let parts: Vec<ArrayRef> = parts
        .iter()
        .map(|part| match part.column_by_name(field.name()) {
            Some(column) => queried(column, field),
            None => Ok(new_null_array(field.data_type(), part.num_rows())),
        })
        .collect::<Result<_>>()?;
    let parts: Vec<&dyn Array> = parts.iter().map(AsRef::as_ref).collect();
    Ok(compute::concat(&parts)?)
}

/// The values of one key of a map.
fn of_key(parts: &[RecordBatch], map: &str, key: &str) -> Result<ArrayRef> {
    let parts: Vec<ArrayRef> = parts
        .iter()
        .map(|part| match part.column_by_name(map) {
            None => Ok(new_null_array(&DataType::Utf8View, part.num_rows())),
            Some(column) => match column.as_dictionary_opt::<UInt32Type>() {
                None => Ok(Arc::new(key_value::values(column.as_map(), key)) as ArrayRef),
                Some(shared) => {
                    let values = key_value::values(shared.values().as_map(), key);
                    Ok(compute::take(&values, shared.keys(), None)?)
                }
            },
        })
        .collect::<Result<_>>()?;
    let parts: Vec<&dyn Array> = parts.iter().map(AsRef::as_ref).collect();
    Ok(compute::concat(&parts)?)
}

/// A column as a query has it: see `model::span::Column::buffered` for how it is in the buffer.
fn queried(column: &ArrayRef, field: &FieldRef) -> Result<ArrayRef> {
    Ok(match column.data_type() {
        DataType::FixedSizeBinary(_) => Arc::new(texts(column.as_fixed_size_binary())),
        DataType::Dictionary(_, values) if values.is_nested() => {
            let shared = column.as_dictionary::<UInt32Type>();
            compute::take(shared.values(), shared.keys(), None)?
        }
        DataType::Dictionary(..) => compute::cast(column, field.data_type())?,
        _ => Arc::clone(column),
    })
}

fn texts(ids: &FixedSizeBinaryArray) -> StringViewArray {
    let mut texts = StringViewBuilder::with_capacity(ids.len());
    let mut text = Vec::with_capacity(2 * ids.value_length() as usize);
    for id in ids {
        let digits = id.map(|id| {
            text.clear();
            hex::encode(id, &mut text);
            std::str::from_utf8(&text).unwrap_or_default()
        });
        texts.append_option(digits);
    }
    texts.finish()
}
