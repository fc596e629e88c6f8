//! The rows of one request, and what they cost.

use crate::Request;
use crate::data_file::Chosen;
use crate::data_file::index::MapNumber;
use crate::layout;
use arrow::array::{ArrayRef, AsArray, RecordBatch};
use arrow::compute;
use arrow::datatypes::{TimestampNanosecondType, UInt32Type};
use foldhash::fast::RandomState;
use model::span;
use std::collections::HashSet;
use std::sync::OnceLock;

const HOUR_NANOS: i64 = 3_600_000_000_000;
const LATE_NANOS: i64 = 24 * HOUR_NANOS;
const AHEAD_NANOS: i64 = HOUR_NANOS;

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
    /// Rows whose `_time` is far from their arrival: late by a day, or ahead by an hour.
    pub(crate) astray_rows: u64,
    /// Found out when a query asks for it.
    content: OnceLock<Box<Content>>,
}

/// What a request has.
#[derive(Debug)]
struct Content {
    /// Of the model's columns.
    columns: Vec<usize>,
    /// Of its custom maps.
    keys: Chosen,
}

impl Entry {
    /// The rows of `request`, which has the number `seq`.
    pub(crate) fn new(seq: u64, request: Request, batch: RecordBatch, now_nanos: i64) -> Self {
        let bytes = batch_bytes(&batch);
        let starts = batch
            .column_by_name(span::TIME)
            .and_then(|column| column.as_primitive_opt::<TimestampNanosecondType>());
        let times = starts.and_then(|starts| compute::min(starts).zip(compute::max(starts)));
        let arrival = request.arrival_nanos;
        let expected = arrival.saturating_sub(LATE_NANOS)..=arrival.saturating_add(AHEAD_NANOS);
        let is_astray = |start: &&i64| !expected.contains(*start);
        let astray_rows = match (starts, times) {
            (Some(starts), Some((min, max))) if is_astray(&&min) || is_astray(&&max) => {
                starts.values().iter().filter(is_astray).count() as u64
            }
            _ => 0,
        };
        Self {
            seq,
            dataset: request.dataset,
            arrival_nanos: request.arrival_nanos,
            digest: request.digest,
            batch,
            bytes,
            since_nanos: now_nanos,
            times,
            astray_rows,
            content: OnceLock::new(),
        }
    }

    /// The model's columns that it has.
    pub(crate) fn columns(&self) -> &[usize] {
        &self.content().columns
    }

    /// The keys of its custom maps.
    pub(crate) fn keys(&self) -> &Chosen {
        &self.content().keys
    }

    fn content(&self) -> &Content {
        self.content
            .get_or_init(|| Box::new(Content::of(&self.batch)))
    }
}

impl Content {
    fn of(batch: &RecordBatch) -> Self {
        // It was checked before it came here. One that cannot be read so may have any column.
        let all = || vec![Some(0); span::columns().len()];
        let places = layout::places(batch).unwrap_or_else(|_| all());
        let columns = places.iter().enumerate();
        let columns = columns.filter_map(|(column, place)| place.map(|_| column));
        let mut keys = Chosen::new();
        for map in span::KEYED_MAPS {
            let column = batch.column_by_name(map);
            if let (Some(column), Some(number)) = (column, MapNumber::of(map)) {
                add_keys(column, number, &mut keys);
            }
        }
        Self {
            columns: columns.collect(),
            keys,
        }
    }
}

fn add_keys(column: &ArrayRef, map: MapNumber, keys: &mut Chosen) {
    let values = column
        .as_dictionary_opt::<UInt32Type>()
        .map_or(column, |shared| shared.values());
    let Some(maps) = values.as_map_opt() else {
        return;
    };
    let mut known: HashSet<&str, RandomState> = HashSet::default();
    for key in maps.keys().as_string::<i32>().iter().flatten() {
        if known.insert(key) {
            keys.insert((map, key.to_owned()));
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
