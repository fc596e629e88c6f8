//! What came in and what became of it, counted since the start of the process.
//!
//! Requests: received = accepted + refused by reason + abandoned + those that are still on their way. Spans
//! of accepted requests: received = stored + rejected + deduplicated, exactly. The spans of a refused
//! request are not known: it was not decoded, or it comes again.

use crate::status::{self, Reason};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// The door that a request came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Transport {
    Http,
    Grpc,
}

impl Transport {
    pub(crate) const ALL: [Self; 2] = [Self::Http, Self::Grpc];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Grpc => "grpc",
        }
    }
}

/// The counters.
#[derive(Debug, Default)]
pub(crate) struct Books {
    doors: [Door; Transport::ALL.len()],
    spans_received: AtomicU64,
    /// By reason; the reasons are the decoder's constants, and few.
    spans_rejected: Mutex<BTreeMap<&'static str, u64>>,
    wire_bytes: AtomicU64,
    unfolded_bytes: AtomicU64,
}

#[derive(Debug, Default)]
struct Door {
    received: AtomicU64,
    accepted: AtomicU64,
    abandoned: AtomicU64,
    /// By [`Reason`], in the order of its declaration.
    refused: [AtomicU64; Reason::ALL.len()],
}

/// What became of the spans of one accepted request.
#[derive(Debug, Default)]
pub(super) struct Outcome<'a> {
    /// As the decoder counted them, before anything became of them.
    pub(super) received: u64,
    pub(super) rejected: &'a [otlp::Rejection],
}

/// The counters at one moment.
#[derive(Clone, Debug)]
pub(crate) struct Balance {
    pub(crate) doors: [Requests; Transport::ALL.len()],
    pub(crate) spans_received: u64,
    pub(crate) spans_stored: u64,
    pub(crate) spans_deduplicated: u64,
    /// Spans that will never be taken, by reason.
    pub(crate) spans_rejected: BTreeMap<&'static str, u64>,
    /// Bodies as they were sent.
    pub(crate) wire_bytes: u64,
    /// The room that was taken to unfold them.
    pub(crate) unfolded_bytes: u64,
}

/// The requests of one door.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Requests {
    pub(crate) transport: Transport,
    /// Requests that came to the door.
    pub(crate) received: u64,
    /// Answered with success.
    pub(crate) accepted: u64,
    /// The client went away before the answer.
    pub(crate) abandoned: u64,
    /// Refused, for good or for now.
    pub(crate) refused: [(Reason, u64); Reason::ALL.len()],
}

/// A request at a door, until it has its answer.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    door: &'a Door,
    answered: bool,
}

impl Books {
    /// A request came to a door.
    pub(crate) fn received(&self, transport: Transport) -> Entry<'_> {
        let door = &self.doors[transport as usize];
        add(&door.received, 1);
        Entry {
            door,
            answered: false,
        }
    }

    /// A body was read to its end.
    pub(super) fn read(&self, bytes: usize) {
        add(&self.wire_bytes, bytes as u64);
    }

    /// Room for this much was taken to unfold a body.
    pub(super) fn unfolded(&self, bytes: usize) {
        add(&self.unfolded_bytes, bytes as u64);
    }

    /// A request is durable, or was before.
    pub(super) fn settled(&self, outcome: &Outcome<'_>) {
        add(&self.spans_received, outcome.received);
        if outcome.rejected.is_empty() || model::planted::bug("doors_rejections_not_counted") {
            return;
        }
        let mut rejected = self
            .spans_rejected
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        for otlp::Rejection { reason, count, .. } in outcome.rejected {
            *rejected.entry(reason).or_default() += count;
        }
    }

    /// What the store has of it is the store's to say: right after a start it finds out only later what
    /// was there before.
    pub(crate) fn balance(&self, stats: &store::Stats) -> Balance {
        let get = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let door = |transport| {
            let door = &self.doors[transport as usize];
            Requests {
                transport,
                received: get(&door.received),
                accepted: get(&door.accepted),
                abandoned: get(&door.abandoned),
                refused: Reason::ALL.map(|reason| (reason, get(&door.refused[reason as usize]))),
            }
        };
        let rejected = self
            .spans_rejected
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        Balance {
            doors: Transport::ALL.map(door),
            spans_received: get(&self.spans_received),
            spans_stored: stats.appended_rows,
            spans_deduplicated: stats.duplicate_rows,
            spans_rejected: rejected.clone(),
            wire_bytes: get(&self.wire_bytes),
            unfolded_bytes: get(&self.unfolded_bytes),
        }
    }
}

impl Entry<'_> {
    pub(crate) fn accepted(mut self) {
        self.answered = true;
        add(&self.door.accepted, 1);
    }

    pub(crate) fn refused(mut self, reason: Reason) {
        self.answered = true;
        add(&self.door.refused[reason as usize], 1);
    }
}

impl Drop for Entry<'_> {
    fn drop(&mut self) {
        if !self.answered {
            add(&self.door.abandoned, 1);
        }
    }
}

impl Balance {
    pub(crate) fn rejected(&self) -> u64 {
        self.spans_rejected.values().sum()
    }

    /// Refused requests of all doors, by reason.
    pub(crate) fn refusals(&self) -> [(Reason, u64); Reason::ALL.len()] {
        let of = |reason: Reason| {
            self.doors
                .iter()
                .map(move |door| door.refused[reason as usize].1)
        };
        Reason::ALL.map(|reason| (reason, of(reason).sum()))
    }
}

impl Requests {
    /// Asked to come again.
    pub(crate) fn busy(&self) -> u64 {
        self.sum(|reason| status::of_refusal(reason).retry)
    }

    /// Refused for good.
    pub(crate) fn refused_for_good(&self) -> u64 {
        self.sum(|reason| !status::of_refusal(reason).retry)
    }

    fn sum(&self, counts: impl Fn(Reason) -> bool) -> u64 {
        let counted = self.refused.iter().filter(|(reason, _)| counts(*reason));
        counted.map(|(_, count)| count).sum()
    }
}

fn add(counter: &AtomicU64, count: u64) {
    counter.fetch_add(count, Ordering::Relaxed);
}
