//! What came of the tries, by kind.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// What the server did about one try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// Refused with this status of HTTP.
    Http(u16),
    /// Refused with this code of gRPC.
    Grpc(u32),
    /// Ended with this error of HTTP/2.
    GoAway(u32),
    /// The connection was closed.
    Closed,
    /// Taken as part of a connection that did not end for it.
    Borne,
    /// Nothing came in the time there was.
    Silence,
}

/// The one attack that has an answer of success.
pub(crate) const DEEP_RESOURCE: &str = "protobuf, 200,000 deep";

impl Outcome {
    /// An attack is not told that it worked, nor that it broke something, nor left without an answer.
    fn is_fair(self, kind: &str) -> bool {
        match self {
            // A resource that no span has is passed over, however deep: there is nothing to refuse.
            Self::Http(200) => kind == DEEP_RESOURCE,
            Self::Http(status) => matches!(status, 400..=499 | 503),
            Self::Grpc(code) => matches!(code, 3 | 8 | 12 | 14),
            Self::GoAway(_) | Self::Closed | Self::Borne => true,
            Self::Silence => false,
        }
    }
}

#[derive(Debug, Default)]
pub(crate) struct Tally(Mutex<BTreeMap<&'static str, BTreeMap<Outcome, u64>>>);

impl Tally {
    pub(crate) fn add(&self, kind: &'static str, outcome: Outcome, tries: u64) {
        let mut kinds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *kinds.entry(kind).or_default().entry(outcome).or_default() += tries;
    }

    pub(crate) fn tries(&self) -> u64 {
        let kinds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kinds.values().flat_map(BTreeMap::values).sum()
    }

    /// One line a kind; whether all outcomes are fair.
    pub(crate) fn print(&self) -> bool {
        let kinds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut fair = true;
        for (kind, outcomes) in &*kinds {
            let tries: u64 = outcomes.values().sum();
            let said: Vec<_> = outcomes
                .iter()
                .map(|(outcome, count)| {
                    fair &= outcome.is_fair(kind);
                    let mark = if outcome.is_fair(kind) { "" } else { " UNFAIR" };
                    format!("{outcome:?}{mark} {count}")
                })
                .collect();
            println!("{kind:<34} {tries:>7}  {}", said.join(", "));
        }
        fair
    }
}
