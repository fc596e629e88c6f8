//! What came in and what became of it, counted: received = stored + rejected, and refusals by reason.

use crate::status::Reason;
use std::sync::atomic::{AtomicU64, Ordering};

/// The counters since the start of the process.
#[derive(Debug, Default)]
pub(crate) struct Books {
    requests: AtomicU64,
    stored: AtomicU64,
    rejected: AtomicU64,
    busy: AtomicU64,
    refused: AtomicU64,
}

/// The counters at one moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Balance {
    /// Requests answered with success.
    pub(crate) requests: u64,
    pub(crate) spans_stored: u64,
    /// Spans that will never be taken.
    pub(crate) spans_rejected: u64,
    /// Requests asked to come again.
    pub(crate) requests_busy: u64,
    /// Requests refused for good.
    pub(crate) requests_refused: u64,
}

impl Books {
    pub(super) fn accepted(&self, stored: u64, rejected: u64) {
        self.requests.fetch_add(1, Ordering::Relaxed);
        self.stored.fetch_add(stored, Ordering::Relaxed);
        self.rejected.fetch_add(rejected, Ordering::Relaxed);
    }

    pub(super) fn refused(&self, reason: Reason) {
        let counter = if reason == Reason::Busy {
            &self.busy
        } else {
            &self.refused
        };
        counter.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn balance(&self) -> Balance {
        Balance {
            requests: self.requests.load(Ordering::Relaxed),
            spans_stored: self.stored.load(Ordering::Relaxed),
            spans_rejected: self.rejected.load(Ordering::Relaxed),
            requests_busy: self.busy.load(Ordering::Relaxed),
            requests_refused: self.refused.load(Ordering::Relaxed),
        }
    }
}
