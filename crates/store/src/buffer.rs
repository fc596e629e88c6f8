//! Recent rows in memory, by their position in the log.
//!
//! Appends reach the buffer in another order than the log wrote them. A flush therefore takes rows only
//! up to the *settled* position, below which every number of the log has arrived here: a commit at a
//! higher one would let the log go of a request that is still on its way.
//!
//! While the log is still being replayed, rows of new requests are *parked*: logged and acknowledged, but
//! not among the entries before all that the log had is there. Only then is it known whether they were
//! there before.

/// The rows of one request, and what they cost.
mod entry;
/// What the buffer holds, and the steps by which it changes.
mod state;

pub(crate) use entry::{Entry, batch_bytes};

use crate::recent::{self, Recent};
use crate::{Appended, Config, Error};
use state::State;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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

/// What became of a request's rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Inserted {
    Now(Appended),
    /// To be decided when the log is replayed.
    Parked,
}

/// Requests and their rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) requests: u64,
    pub(crate) rows: u64,
}

/// What is held now.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Size {
    pub(crate) rows: usize,
    /// What is admitted and on its way included.
    pub(crate) bytes: usize,
    pub(crate) parked: Count,
    pub(crate) recent: recent::Size,
}

impl Buffer {
    /// An empty buffer whose log is not replayed yet. The log's numbers up to `settled_seq` are in data
    /// files; `datasets` exist.
    pub(crate) fn new(
        settled_seq: u64,
        resend_bytes_max: usize,
        datasets: impl Iterator<Item = (String, i64)>,
    ) -> Self {
        let datasets = datasets
            .map(|(name, created)| (name.to_ascii_lowercase(), (name, created)))
            .collect();
        Self {
            state: Mutex::new(State {
                settled_seq,
                datasets,
                recent: Recent::new(resend_bytes_max),
                parked: Some(BTreeMap::new()),
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
            state.is_short |= bytes <= buffer_bytes_max;
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
            None if state.fresh.contains_key(dataset) => {}
            None if state.datasets.len() + state.fresh.len() >= datasets_max => {
                return Err(Error::TooManyDatasets {
                    name: dataset.to_owned(),
                    datasets_max,
                });
            }
            Some(_) => {}
            None if state.parked.is_some() => {
                state.fresh.insert(dataset.to_owned(), arrival_nanos);
            }
            None => state.name(dataset, arrival_nanos),
        }
        state.bytes += bytes;
        Ok(())
    }

    /// Gives admitted room back: the request did not reach the log.
    pub(crate) fn give_back(&self, bytes: usize) {
        self.state().bytes -= bytes;
    }

    /// Puts rows in whose room was admitted, unless they are a duplicate's.
    pub(crate) fn insert(&self, entry: Entry) -> Inserted {
        let mut state = self.state();
        match &mut state.parked {
            Some(parked) => {
                parked.insert(entry.seq, entry);
                Inserted::Parked
            }
            None => {
                let now_nanos = entry.since_nanos;
                state.recent.look(now_nanos);
                Inserted::Now(state.place(entry))
            }
        }
    }

    /// Puts rows in that the log held at open: they were acknowledged, so no limit refuses them. A
    /// duplicate is left out as it was before.
    pub(crate) fn insert_replayed(&self, entry: Entry) -> Appended {
        let mut state = self.state();
        state.bytes += entry.bytes;
        state.fresh.remove(&entry.dataset);
        state.name(&entry.dataset, entry.arrival_nanos);
        state.recent.pass(entry.arrival_nanos);
        state.place(entry)
    }

    /// A digest from the catalog, before the replay: its rows are in a data file.
    pub(crate) fn remember(&self, digest: u128, arrival_nanos: i64) {
        let mut state = self.state();
        state.recent.pass(arrival_nanos);
        state.recent.insert(digest, arrival_nanos);
    }

    /// Whether a request that arrived at `arrival_nanos` is known to be a duplicate.
    pub(crate) fn is_duplicate(&self, digest: u128, arrival_nanos: i64, now_nanos: i64) -> bool {
        let mut state = self.state();
        state.look(now_nanos);
        state.recent.has(digest, arrival_nanos)
    }

    /// Lets time pass for what is kept for a time.
    pub(crate) fn look(&self, now_nanos: i64) {
        self.state().look(now_nanos);
    }

    /// The log is replayed: what was parked takes its place, oldest first. How much was new, and how
    /// much a duplicate.
    pub(crate) fn unpark(&self, now_nanos: i64) -> (Count, Count) {
        let mut state = self.state();
        state.recent.replayed(now_nanos);
        for (dataset, arrival_nanos) in std::mem::take(&mut state.fresh) {
            state.name(&dataset, arrival_nanos);
        }
        let (mut stored, mut duplicate) = (Count::default(), Count::default());
        for entry in state.parked.take().unwrap_or_default().into_values() {
            let rows = entry.batch.num_rows();
            let count = match state.place(entry) {
                Appended::Stored => &mut stored,
                Appended::Duplicate => &mut duplicate,
            };
            count.add(rows);
        }
        (stored, duplicate)
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
        let bytes = dropped.values().map(|entry| entry.bytes).sum::<usize>();
        state.bytes -= bytes;
        state.entry_bytes -= bytes;
        state.is_short &= dropped.is_empty();
        // Freeing memory takes time: not under the lock.
        drop(state);
        drop(dropped);
    }

    /// Whether a flush is due: by rows, by bytes, by the age of the oldest row, or because a request was
    /// refused for want of room.
    pub(crate) fn is_due(&self, now_nanos: i64, config: &Config) -> bool {
        let state = self.state();
        let age_max = crate::config::nanos(config.flush_age_max);
        let is_old = |entry: &Arc<Entry>| now_nanos.saturating_sub(entry.since_nanos) >= age_max;
        state.is_large(config)
            || state.entries.values().next().is_some_and(is_old)
            || state.is_short && !state.entries.is_empty()
    }

    /// Whether a flush is due by rows or by bytes.
    pub(crate) fn is_large(&self, config: &Config) -> bool {
        self.state().is_large(config)
    }

    pub(crate) fn size(&self) -> Size {
        let state = self.state();
        let mut parked = Count::default();
        for entry in state.parked.iter().flat_map(BTreeMap::values) {
            parked.add(entry.batch.num_rows());
        }
        Size {
            rows: state.rows,
            bytes: state.bytes,
            parked,
            recent: state.recent.size(),
        }
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

impl Count {
    pub(crate) fn add(&mut self, rows: usize) {
        self.requests += 1;
        self.rows += rows as u64;
    }
}
