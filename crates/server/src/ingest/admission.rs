//! Room for what is being received and stored, in bytes. Who finds none is told so at once, before any
//! work is done for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// The bytes that may be in flight, and whether the doors are open.
#[derive(Debug)]
pub(crate) struct Admission {
    room: Arc<Semaphore>,
    bytes_max: usize,
    refusals: AtomicU64,
}

/// Bytes held for one request.
#[derive(Debug)]
pub(crate) struct Reservation {
    room: Arc<Semaphore>,
    held: Option<OwnedSemaphorePermit>,
}

impl Admission {
    pub(crate) fn new(bytes_max: usize) -> Self {
        Self {
            room: Arc::new(Semaphore::new(bytes_max)),
            bytes_max,
            refusals: AtomicU64::new(0),
        }
    }

    /// An empty reservation, to be grown as bytes arrive.
    pub(crate) fn enter(&self) -> Reservation {
        Reservation {
            room: Arc::clone(&self.room),
            held: None,
        }
    }

    /// False from [`close`](Self::close) on.
    pub(crate) fn open(&self) -> bool {
        !self.room.is_closed()
    }

    /// Waits until nothing is in flight, then lets nothing more in.
    pub(crate) async fn close(&self) {
        let all = u32::try_from(self.bytes_max).unwrap_or(u32::MAX);
        let _everything = self.room.acquire_many(all).await;
        self.room.close();
    }

    /// When to come back: 1 to 4 seconds in turn, so that refused clients do not return together.
    pub(crate) fn retry_after(&self) -> Duration {
        Duration::from_secs(1 + self.refusals.fetch_add(1, Ordering::Relaxed) % 4)
    }
}

impl Reservation {
    /// Holds `bytes` more; false if there is no room for them.
    pub(crate) fn grow(&mut self, bytes: usize) -> bool {
        let Ok(bytes) = u32::try_from(bytes) else {
            return false;
        };
        let Ok(more) = Arc::clone(&self.room).try_acquire_many_owned(bytes) else {
            return false;
        };
        match &mut self.held {
            Some(held) => held.merge(more),
            None => self.held = Some(more),
        }
        true
    }
}
