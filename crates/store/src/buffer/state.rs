//! What the buffer holds, and the steps by which it changes, each under its lock.

use super::Entry;
use crate::recent::Recent;
use crate::{Appended, Config};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) entries: BTreeMap<u64, Arc<Entry>>,
    /// Every number up to this one has arrived.
    pub(super) settled_seq: u64,
    /// Numbers above it that have arrived.
    pub(super) early: BTreeSet<u64>,
    pub(super) rows: usize,
    /// Of the entries.
    pub(super) entry_bytes: usize,
    /// Of the entries, of what is parked, and of what is admitted and on its way.
    pub(super) bytes: usize,
    /// A request was refused since the last rows left.
    pub(super) is_short: bool,
    pub(super) recent: Recent,
    /// `None` once the log is replayed.
    pub(super) parked: Option<BTreeMap<u64, Entry>>,
    /// By the name in lower case: the name as it was first written, and when that was.
    pub(super) datasets: BTreeMap<String, (String, i64)>,
    /// Names of new requests that no dataset has while the log is being replayed. It may have them yet,
    /// and its spelling goes first.
    pub(super) fresh: BTreeMap<String, i64>,
}

impl State {
    /// Under one lock with the digest's check: who is told that a request is a duplicate finds the rows.
    pub(super) fn place(&mut self, mut entry: Entry) -> Appended {
        // While the log was being replayed, a request may have named a dataset of the log in another case.
        if let Some((existing, _)) = self.datasets.get(&entry.dataset.to_ascii_lowercase())
            && *existing != entry.dataset
        {
            entry.dataset.clone_from(existing);
        }
        self.arrived(entry.seq);
        if let Some(digest) = entry.digest {
            if self.recent.has(digest, entry.arrival_nanos) {
                self.bytes -= entry.bytes;
                return Appended::Duplicate;
            }
            self.recent.insert(digest, entry.arrival_nanos);
        }
        self.rows += entry.batch.num_rows();
        self.entry_bytes += entry.bytes;
        self.entries.insert(entry.seq, Arc::new(entry));
        Appended::Stored
    }

    /// Before the log is replayed its records' arrivals are the time, not the clock.
    pub(super) fn look(&mut self, now_nanos: i64) {
        if self.parked.is_none() {
            self.recent.look(now_nanos);
        }
    }

    pub(super) fn is_large(&self, config: &Config) -> bool {
        self.rows >= config.flush_rows_max || self.entry_bytes >= config.flush_bytes_max
    }

    pub(super) fn name(&mut self, dataset: &str, arrival_nanos: i64) {
        self.datasets
            .entry(dataset.to_ascii_lowercase())
            .or_insert_with(|| (dataset.to_owned(), arrival_nanos));
    }

    pub(super) fn arrived(&mut self, seq: u64) {
        if seq > self.settled_seq {
            self.early.insert(seq);
            self.advance();
        }
    }

    pub(super) fn advance(&mut self) {
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
