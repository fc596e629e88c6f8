//! What came in and what became of it, counted since the start of the process.
//!
//! Requests: received = accepted + refused by reason + those that are still on their way. Spans of accepted
//! requests: stored + rejected. The spans of a refused request are not known: it was not decoded, or it
//! comes again.

use crate::status::{self, Reason};
use std::sync::atomic::{AtomicU64, Ordering};

/// The counters.
#[derive(Debug, Default)]
pub(crate) struct Books {
    received: AtomicU64,
    accepted: AtomicU64,
    /// By [`Reason`], in the order of its declaration.
    refused: [AtomicU64; Reason::ALL.len()],
    spans_stored: AtomicU64,
    spans_rejected: AtomicU64,
}

/// The counters at one moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Balance {
    /// Requests that came to a door.
    pub(crate) received: u64,
    /// Requests answered with success.
    pub(crate) accepted: u64,
    /// Requests refused, for good or for now.
    pub(crate) refused: [(Reason, u64); Reason::ALL.len()],
    pub(crate) spans_stored: u64,
    /// Spans that will never be taken.
    pub(crate) spans_rejected: u64,
}

impl Books {
    pub(super) fn received(&self) {
        self.received.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn accepted(&self, stored: u64, rejected: u64) {
        self.accepted.fetch_add(1, Ordering::Relaxed);
        self.spans_stored.fetch_add(stored, Ordering::Relaxed);
        self.spans_rejected.fetch_add(rejected, Ordering::Relaxed);
    }

    pub(super) fn refused(&self, reason: Reason) {
        self.refused[reason as usize].fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn balance(&self) -> Balance {
        let refused = |reason| {
            let count = self.refused[reason as usize].load(Ordering::Relaxed);
            (reason, count)
        };
        Balance {
            received: self.received.load(Ordering::Relaxed),
            accepted: self.accepted.load(Ordering::Relaxed),
            refused: Reason::ALL.map(refused),
            spans_stored: self.spans_stored.load(Ordering::Relaxed),
            spans_rejected: self.spans_rejected.load(Ordering::Relaxed),
        }
    }
}

impl Balance {
    /// Requests asked to come again.
    pub(crate) fn busy(&self) -> u64 {
        self.sum(|reason| status::of_refusal(reason).retry)
    }

    /// Requests refused for good.
    pub(crate) fn refused_for_good(&self) -> u64 {
        self.sum(|reason| !status::of_refusal(reason).retry)
    }

    fn sum(&self, counts: impl Fn(Reason) -> bool) -> u64 {
        let counted = self.refused.iter().filter(|(reason, _)| counts(*reason));
        counted.map(|(_, count)| count).sum()
    }
}
