//! What is counted: since open, except where a field says otherwise.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counts of a running store; [`Stats`] is what callers see.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    pub(crate) appended_requests: Counter,
    pub(crate) appended_rows: Counter,
    pub(crate) duplicate_requests: Counter,
    pub(crate) duplicate_rows: Counter,
    pub(crate) refused_requests: Counter,
    pub(crate) astray_rows: Counter,
    pub(crate) replayed_records: Counter,
    pub(crate) replayed_rows: Counter,
    pub(crate) quarantined_records: Counter,
    pub(crate) lost_records: Counter,
    pub(crate) torn_bytes: Counter,
    pub(crate) flushes: Counter,
    pub(crate) flush_failures: Counter,
    pub(crate) flushed_rows: Counter,
    pub(crate) flushed_files: Counter,
    pub(crate) compactions: Counter,
    pub(crate) compaction_failures: Counter,
    pub(crate) compacted_files: Counter,
    pub(crate) compacted_rows: Counter,
    pub(crate) compacted_bytes: Counter,
    pub(crate) retired_files: Counter,
    pub(crate) retired_rows: Counter,
    pub(crate) vacuumed_files: Counter,
}

/// A count that only grows.
#[derive(Debug, Default)]
pub(crate) struct Counter(AtomicU64);

impl Counter {
    pub(crate) fn add(&self, count: u64) {
        self.0.fetch_add(count, Ordering::Relaxed);
    }

    pub(crate) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// What a store has done since it was opened, and what it holds now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Requests acknowledged whose rows were new. One that was acknowledged while the log was being
    /// replayed is `parked` until it is counted here or as a duplicate.
    pub appended_requests: u64,
    pub appended_rows: u64,
    /// Requests acknowledged whose rows were there already.
    pub duplicate_requests: u64,
    pub duplicate_rows: u64,
    /// Requests refused because the buffer was full.
    pub refused_requests: u64,
    /// Rows acknowledged whose `_time` is a day before their arrival or an hour after it: they came late, or
    /// a sender's clock is wrong. They are kept and found by their `_time`, and go by their arrival.
    pub astray_rows: u64,
    /// Records read from the log after open.
    pub replayed_records: u64,
    pub replayed_rows: u64,
    /// Records that could not be decoded after open; they are kept in `quarantine/`.
    pub quarantined_records: u64,
    /// Records that the log misses: lost to damage, or of a last group that was never acknowledged.
    pub lost_records: u64,
    /// Bytes cut off the log's end at open; they are kept in `quarantine/`.
    pub torn_bytes: u64,
    pub flushes: u64,
    pub flush_failures: u64,
    pub flushed_rows: u64,
    pub flushed_files: u64,
    /// Data files that were made of others, and failures to make one.
    pub compactions: u64,
    pub compaction_failures: u64,
    /// Data files that such took the place of, their rows, and the bytes that these were written to.
    pub compacted_files: u64,
    pub compacted_rows: u64,
    pub compacted_bytes: u64,
    /// Data files when it was last looked whether some are to be compacted, and how many were.
    pub data_files: u64,
    pub waiting_files: u64,
    /// Data files dropped by retention, and their rows.
    pub retired_files: u64,
    pub retired_rows: u64,
    /// Data files deleted.
    pub vacuumed_files: u64,
    /// Whether the log is still being read back: queries wait for it, and appends are parked.
    pub replaying: bool,
    /// How far it is read back, ...
    pub replayed_seq: u64,
    /// ... and how far it is to be.
    pub replay_through_seq: u64,
    /// Requests acknowledged and parked now.
    pub parked_requests: u64,
    pub parked_rows: u64,
    /// Digests of recent requests held now, and the memory they take.
    pub recent_digests: u64,
    pub recent_bytes: u64,
    /// Digests forgotten early since open, because all of them took more than their limit.
    pub recent_forgotten: u64,
    /// How often a query met damage, ...
    pub damage_met: u64,
    /// ... and in how many files, of which none is known to be whole again.
    pub damaged_files: u64,
    /// Rows in the buffer now.
    pub buffered_rows: u64,
    /// Since when the row that is in the buffer longest is there; `None` when it is empty.
    pub oldest_nanos: Option<i64>,
    /// Memory of the buffer now, admitted requests on their way included.
    pub buffered_bytes: u64,
    /// Disk that the log takes now.
    pub log_bytes: u64,
    /// The newest number in the log now.
    pub log_seq: u64,
}

impl Counters {
    /// The counts; what is held now is left at 0.
    pub(crate) fn stats(&self) -> Stats {
        Stats {
            appended_requests: self.appended_requests.get(),
            appended_rows: self.appended_rows.get(),
            duplicate_requests: self.duplicate_requests.get(),
            duplicate_rows: self.duplicate_rows.get(),
            refused_requests: self.refused_requests.get(),
            astray_rows: self.astray_rows.get(),
            replayed_records: self.replayed_records.get(),
            replayed_rows: self.replayed_rows.get(),
            quarantined_records: self.quarantined_records.get(),
            lost_records: self.lost_records.get(),
            torn_bytes: self.torn_bytes.get(),
            flushes: self.flushes.get(),
            flush_failures: self.flush_failures.get(),
            flushed_rows: self.flushed_rows.get(),
            flushed_files: self.flushed_files.get(),
            compactions: self.compactions.get(),
            compaction_failures: self.compaction_failures.get(),
            compacted_files: self.compacted_files.get(),
            compacted_rows: self.compacted_rows.get(),
            compacted_bytes: self.compacted_bytes.get(),
            retired_files: self.retired_files.get(),
            retired_rows: self.retired_rows.get(),
            vacuumed_files: self.vacuumed_files.get(),
            ..Stats::default()
        }
    }
}
