//! Connections, counted over all listeners.

use std::sync::atomic::{AtomicU64, Ordering};

/// What the listeners share to count in.
#[derive(Debug, Default)]
pub(crate) struct Traffic {
    accepted: AtomicU64,
    ended: AtomicU64,
    turned_away: AtomicU64,
    hung_up: AtomicU64,
}

/// The counts at one moment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counts {
    pub(crate) open: u64,
    pub(crate) accepted: u64,
    /// Closed at once: their address has as many as it may.
    pub(crate) turned_away: u64,
    /// Closed by us in the middle: too slow, or idle for too long.
    pub(crate) hung_up: u64,
}

impl Traffic {
    pub(super) fn accepted(&self) {
        self.accepted.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn ended(&self) {
        self.ended.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn turned_away(&self) {
        self.turned_away.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn hung_up(&self) {
        self.hung_up.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn counts(&self) -> Counts {
        // In this order: one that ends between the two is not counted as less than none.
        let ended = self.ended.load(Ordering::Relaxed);
        let accepted = self.accepted.load(Ordering::Relaxed);
        Counts {
            open: accepted.saturating_sub(ended),
            accepted,
            turned_away: self.turned_away.load(Ordering::Relaxed),
            hung_up: self.hung_up.load(Ordering::Relaxed),
        }
    }
}
