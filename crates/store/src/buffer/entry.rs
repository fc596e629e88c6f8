//! The rows of one request, and what they cost.

use crate::Request;
use arrow::array::{ArrayRef, AsArray, RecordBatch};
use arrow::compute;
use arrow::datatypes::{TimestampNanosecondType, UInt32Type};
use model::span;

/// The rows of one request.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The request's number in the log.
    pub(crate) seq: u64,
    pub(crate) dataset: String,
    /// When the request arrived.
    pub(crate) arrival_nanos: i64,
    pub(crate) digest: Option<u128>,
    pub(crate) batch: RecordBatch,
    /// Memory that the rows take.
    pub(crate) bytes: usize,
    /// When they came here.
    pub(super) since_nanos: i64,
    /// Smallest and largest `_time`.
    pub(crate) times: Option<(i64, i64)>,
}

impl Entry {
    /// The rows of `request`, which has the number `seq`.
    pub(crate) fn new(seq: u64, request: Request, batch: RecordBatch, now_nanos: i64) -> Self {
        let bytes = batch_bytes(&batch);
        let times = batch.column_by_name(span::TIME).and_then(|column| {
            let times = column.as_primitive_opt::<TimestampNanosecondType>()?;
            compute::min(times).zip(compute::max(times))
        });
        Self {
            seq,
            dataset: request.dataset,
            arrival_nanos: request.arrival_nanos,
            digest: request.digest,
            batch,
            bytes,
            since_nanos: now_nanos,
            times,
        }
    }
}

/// What a batch is taken to cost: its arrays, what the allocator and the array headers add to small ones,
/// and what a flush needs to write out for each row what many have in common.
pub(crate) fn batch_bytes(batch: &RecordBatch) -> usize {
    const COLUMN_BYTES: usize = 256;
    let shared: usize = batch.columns().iter().map(shared_bytes).sum();
    batch.get_array_memory_size() + batch.num_columns() * COLUMN_BYTES + shared
}

/// Of a column of maps that are there once for many rows.
fn shared_bytes(column: &ArrayRef) -> usize {
    const ENTRY_BYTES: usize = 20;
    let Some(shared) = column.as_dictionary_opt::<UInt32Type>() else {
        return 0;
    };
    let Some(maps) = shared.values().as_map_opt() else {
        return 0;
    };
    let entries = shared
        .keys_iter()
        .flatten()
        .map(|map| maps.value_length(map));
    entries.map(|entries| entries as usize * ENTRY_BYTES).sum()
}
