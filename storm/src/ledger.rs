//! What was sent and what became of it, kept by the side that is never killed.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Where a request went. The same bytes may go to both, and are then two requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Dataset {
    /// The default: no header names it.
    Traces,
    Mirror,
}

impl Dataset {
    pub(crate) const ALL: [Self; 2] = [Self::Traces, Self::Mirror];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Traces => "traces",
            Self::Mirror => "mirror",
        }
    }
}

/// One request to one dataset, in the order of `b`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key {
    pub(crate) b: u64,
    pub(crate) dataset: Dataset,
}

/// What the driver knows of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Refused for good, each time it was sent: it must not be there.
    Refused,
    /// No answer, or "again, later": it may be there, whole, or not.
    Unknown,
    /// It must be there.
    Acknowledged,
}

/// A request's line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) state: State,
    /// Its valid spans.
    pub(crate) spans: u64,
}

/// All lines, and the number of the next request.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    lines: Mutex<BTreeMap<Key, Entry>>,
    next: AtomicU64,
    /// Answers that are not those of the answer table.
    wrong: Mutex<Vec<String>>,
    resent: AtomicU64,
    later: AtomicU64,
    silent: AtomicU64,
}

impl Ledger {
    pub(crate) fn next(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }

    /// How many numbers were given.
    pub(crate) fn sent(&self) -> u64 {
        self.next.load(Ordering::Relaxed)
    }

    /// Before the first byte goes out.
    pub(crate) fn sending(&self, key: Key, spans: u64) {
        let state = State::Unknown;
        self.lines().entry(key).or_insert(Entry { state, spans });
    }

    pub(crate) fn acknowledged(&self, key: Key) {
        if let Some(entry) = self.lines().get_mut(&key) {
            entry.state = State::Acknowledged;
        }
    }

    /// Only where this was the first try: an earlier one may have been kept.
    pub(crate) fn refused(&self, key: Key, first_try: bool) {
        if let Some(entry) = self
            .lines()
            .get_mut(&key)
            .filter(|entry| entry.state == State::Unknown && first_try)
        {
            entry.state = State::Refused;
        }
    }

    pub(crate) fn resent(&self) {
        self.resent.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn resends(&self) -> u64 {
        self.resent.load(Ordering::Relaxed)
    }

    /// Told to come again.
    pub(crate) fn later(&self) {
        self.later.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn refused_later(&self) -> u64 {
        self.later.load(Ordering::Relaxed)
    }

    /// Told nothing.
    pub(crate) fn silent(&self) {
        self.silent.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn silences(&self) -> u64 {
        self.silent.load(Ordering::Relaxed)
    }

    pub(crate) fn wrong(&self, what: String) {
        self.wrong
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(what);
    }

    pub(crate) fn wrongs(&self) -> Vec<String> {
        self.wrong
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// The lines as they are now, from request `first` on.
    pub(crate) fn since(&self, first: u64) -> BTreeMap<Key, Entry> {
        let dataset = Dataset::Traces;
        let lines = self.lines();
        let since = lines.range(Key { b: first, dataset }..);
        since.map(|(key, entry)| (*key, *entry)).collect()
    }

    pub(crate) fn is_acknowledged(&self, key: Key) -> bool {
        let lines = self.lines();
        lines
            .get(&key)
            .is_some_and(|entry| entry.state == State::Acknowledged)
    }

    /// The newest lines in a state.
    pub(crate) fn newest(&self, state: State, count: usize) -> Vec<Key> {
        let lines = self.lines();
        let some = lines.iter().rev().filter(|(_, entry)| entry.state == state);
        some.map(|(key, _)| *key).take(count).collect()
    }

    /// Spans of the requests in `range`: those acknowledged, and those that may be there beside them.
    pub(crate) fn spans(&self, dataset: Dataset, range: Range<u64>) -> (u64, u64) {
        let lines = self.lines();
        let key = |b| Key {
            b,
            dataset: Dataset::Traces,
        };
        let (mut acknowledged, mut unknown) = (0, 0);
        for (_, entry) in lines
            .range(key(range.start)..key(range.end.max(range.start)))
            .filter(|(key, _)| key.dataset == dataset)
        {
            match entry.state {
                State::Acknowledged => acknowledged += entry.spans,
                State::Unknown => unknown += entry.spans,
                State::Refused => {}
            }
        }
        (acknowledged, unknown)
    }

    /// Requests and spans in a state.
    pub(crate) fn count(&self, state: State) -> (u64, u64) {
        let lines = self.lines();
        let some = lines.values().filter(|entry| entry.state == state);
        some.fold((0, 0), |(requests, spans), entry| {
            (requests + 1, spans + entry.spans)
        })
    }

    fn lines(&self) -> MutexGuard<'_, BTreeMap<Key, Entry>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
