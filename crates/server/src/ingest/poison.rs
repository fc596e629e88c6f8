//! Bodies that a bug of ours met. The first time an exporter is asked to send again; a body that fails a
//! second time is refused for good, or the exporter would be stuck with it.

use std::collections::VecDeque;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

/// How many bodies are remembered; the oldest is forgotten first.
const BODIES_MAX: usize = 256;

/// Digests of bodies that made the decoder fail.
#[derive(Debug, Default)]
pub(super) struct Seen(Mutex<VecDeque<u64>>);

impl Seen {
    pub(super) fn is_known(&self, body: &[u8]) -> bool {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        !seen.is_empty() && seen.contains(&digest(body))
    }

    pub(super) fn remember(&self, body: &[u8]) {
        if model::planted::bug("doors_poison_forgotten") {
            return;
        }
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.len() == BODIES_MAX {
            seen.pop_front();
        }
        seen.push_back(digest(body));
    }
}

fn digest(body: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    hasher.finish()
}
