//! Recent rows in memory, by their position in the log.
//!
//! Appends reach the buffer in another order than the log wrote them. A flush therefore takes rows only
//! up to the *settled* position, below which every number of the log has arrived here: a commit at a
//! higher one would let the log go of a request that is still on its way.

use crate::{Config, Error};
use arrow::array::{AsArray, RecordBatch};
use arrow::compute;
use arrow::datatypes::TimestampNanosecondType;
use model::span;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The rows of one request.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The request's number in the log.
    pub(crate) seq: u64,
    pub(crate) dataset: String,
    pub(crate) batch: RecordBatch,
    /// Memory that the rows take.
    pub(crate) bytes: usize,
    /// When they came here.
    since_nanos: i64,
    /// Smallest and largest `_time`.
    pub(crate) times: Option<(i64, i64)>,
}

/// The oldest settled entries, as one flush takes them.
#[derive(Debug)]
pub(crate) struct Prefix {
    /// The last number of the log that they cover.
    pub(crate) through_seq: u64,
    pub(crate) entries: Vec<Arc<Entry>>,
}

#[derive(Debug)]
pub(crate) struct Buffer {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    entries: BTreeMap<u64, Arc<Entry>>,
    /// Every number up to this one has arrived.
    settled_seq: u64,
    /// Numbers above it that have arrived.
    early: BTreeSet<u64>,
    rows: usize,
    /// Of the entries, and of what is admitted and on its way.
    bytes: usize,
    /// By the name in lower case: the name as it was first written, and when that was.
    datasets: BTreeMap<String, (String, i64)>,
}

impl Entry {
    pub(crate) fn new(seq: u64, dataset: String, batch: RecordBatch, now_nanos: i64) -> Self {
        let bytes = batch_bytes(&batch);
        let times = batch.column_by_name(span::TIME).and_then(|column| {
            let times = column.as_primitive_opt::<TimestampNanosecondType>()?;
            compute::min(times).zip(compute::max(times))
        });
        Self {
            seq,
            dataset,
            batch,
            bytes,
            since_nanos: now_nanos,
            times,
        }
    }
}

/// What a batch is taken to cost: its arrays, and what the allocator and the array headers add to small
/// ones.
pub(crate) fn batch_bytes(batch: &RecordBatch) -> usize {
    const COLUMN_BYTES: usize = 256;
    batch.get_array_memory_size() + batch.num_columns() * COLUMN_BYTES
}

impl Buffer {
    /// An empty buffer. The log's numbers up to `settled_seq` are in data files; `datasets` exist.
    pub(crate) fn new(settled_seq: u64, datasets: impl Iterator<Item = (String, i64)>) -> Self {
        let datasets = datasets
            .map(|(name, created)| (name.to_ascii_lowercase(), (name, created)))
            .collect();
        Self {
            state: Mutex::new(State {
                settled_seq,
                datasets,
                ..State::default()
            }),
        }
    }

    /// Takes room for a request to `dataset` that arrived at `arrival_nanos`; the dataset exists from now
    /// on. What is admitted must be inserted or given back.
    ///
    /// # Errors
    /// `Unavailable` when the buffer is full, `Conflict` and `Exhausted` for a new name.
    pub(crate) fn admit(
        &self,
        dataset: &str,
        bytes: usize,
        arrival_nanos: i64,
        config: &Config,
    ) -> Result<(), Error> {
        let mut state = self.state();
        let buffer_bytes_max = config.buffer_bytes_max;
        if state.bytes.saturating_add(bytes) > buffer_bytes_max {
            return Err(Error::BufferFull {
                bytes,
                buffer_bytes_max,
            });
        }
        let datasets_max = config.datasets_max;
        match state.datasets.get(&dataset.to_ascii_lowercase()) {
            Some((existing, _)) if existing != dataset => {
                return Err(Error::NameTaken {
                    name: dataset.to_owned(),
                    existing: existing.clone(),
                });
            }
            None if state.datasets.len() >= datasets_max => {
                return Err(Error::TooManyDatasets {
                    name: dataset.to_owned(),
                    datasets_max,
                });
            }
            _ => {}
        }
        state.name(dataset, arrival_nanos);
        state.bytes += bytes;
        Ok(())
    }

    /// Gives admitted room back: the request did not reach the log.
    pub(crate) fn give_back(&self, bytes: usize) {
        self.state().bytes -= bytes;
    }

    /// Puts rows in whose room was admitted.
    pub(crate) fn insert(&self, entry: Entry) {
        let mut state = self.state();
        state.arrived(entry.seq);
        state.rows += entry.batch.num_rows();
        state.entries.insert(entry.seq, Arc::new(entry));
    }

    /// Puts rows in that the log held at open and that arrived at `arrival_nanos`: they were
    /// acknowledged, so no limit refuses them.
    pub(crate) fn insert_replayed(&self, entry: Entry, arrival_nanos: i64) {
        let mut state = self.state();
        state.bytes += entry.bytes;
        state.name(&entry.dataset, arrival_nanos);
        drop(state);
        self.insert(entry);
    }

    /// Marks everything up to `seq` as arrived: what has no rows, and what the log lost.
    pub(crate) fn settle(&self, seq: u64) {
        let mut state = self.state();
        state.settled_seq = state.settled_seq.max(seq);
        state.advance();
    }

    /// All buffered rows, oldest first.
    pub(crate) fn entries(&self) -> Vec<Arc<Entry>> {
        self.state().entries.values().cloned().collect()
    }

    /// All datasets and when they were created, by name.
    pub(crate) fn datasets(&self) -> Vec<(String, i64)> {
        self.state().datasets.values().cloned().collect()
    }

    /// When a dataset was first written to; 0 for one that does not exist.
    pub(crate) fn created_nanos(&self, dataset: &str) -> i64 {
        self.state()
            .datasets
            .get(&dataset.to_ascii_lowercase())
            .map_or(0, |(_, created)| *created)
    }

    /// Every number of the log up to this one has arrived.
    pub(crate) fn settled_seq(&self) -> u64 {
        self.state().settled_seq
    }

    /// The oldest settled rows up to `through_seq` within the limits of a flush, at least one request's;
    /// `None` when there are none.
    pub(crate) fn prefix(&self, through_seq: u64, config: &Config) -> Option<Prefix> {
        let state = self.state();
        let mut prefix = Prefix {
            through_seq: through_seq.min(state.settled_seq),
            entries: Vec::new(),
        };
        let (mut rows, mut bytes) = (0, 0);
        for (_, entry) in state.entries.range(..=prefix.through_seq) {
            rows += entry.batch.num_rows();
            bytes += entry.bytes;
            let over = rows > config.flush_rows_max || bytes > config.flush_bytes_max;
            if let Some(last) = prefix.entries.last().filter(|_| over) {
                prefix.through_seq = last.seq;
                break;
            }
            prefix.entries.push(Arc::clone(entry));
        }
        (!prefix.entries.is_empty()).then_some(prefix)
    }

    /// Drops the rows that a commit covers.
    pub(crate) fn discard(&self, through_seq: u64) {
        let mut state = self.state();
        let kept = state.entries.split_off(&(through_seq + 1));
        let dropped = std::mem::replace(&mut state.entries, kept);
        state.rows -= dropped
            .values()
            .map(|entry| entry.batch.num_rows())
            .sum::<usize>();
        state.bytes -= dropped.values().map(|entry| entry.bytes).sum::<usize>();
        // Freeing memory takes time: not under the lock.
        drop(state);
        drop(dropped);
    }

    /// Whether a flush is due: by rows, by bytes, or by the age of the oldest row.
    pub(crate) fn is_due(&self, now_nanos: i64, config: &Config) -> bool {
        let state = self.state();
        let age_max = crate::config::nanos(config.flush_age_max);
        let is_old = |entry: &Arc<Entry>| now_nanos.saturating_sub(entry.since_nanos) >= age_max;
        state.rows >= config.flush_rows_max
            || state.bytes >= config.flush_bytes_max
            || state.entries.values().next().is_some_and(is_old)
    }

    /// Rows and bytes held now.
    pub(crate) fn size(&self) -> (usize, usize) {
        let state = self.state();
        (state.rows, state.bytes)
    }

    /// Since when the row that is here longest is here.
    pub(crate) fn oldest_nanos(&self) -> Option<i64> {
        let state = self.state();
        state.entries.values().next().map(|entry| entry.since_nanos)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // No step in here can panic half way: the state is whole even if a thread died holding it.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn name(&mut self, dataset: &str, arrival_nanos: i64) {
        self.datasets
            .entry(dataset.to_ascii_lowercase())
            .or_insert_with(|| (dataset.to_owned(), arrival_nanos));
    }

    fn arrived(&mut self, seq: u64) {
        if seq > self.settled_seq {
            self.early.insert(seq);
            self.advance();
        }
    }

    fn advance(&mut self) {
        while self
            .early
            .first()
            .is_some_and(|seq| *seq <= self.settled_seq + 1)
        {
            if let Some(seq) = self.early.pop_first() {
                self.settled_seq = self.settled_seq.max(seq);
            }
        }
    }
}
