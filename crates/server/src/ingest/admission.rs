//! Room for what is being received and stored, in bytes: as sent, and what is being unfolded of it. Who
//! finds none is told so before any work is done for it.
//!
//! Nothing waits for ever: a small request waits for a moment, a large one not at all. So two that each
//! hold what the other needs are refused, and come again.

use crate::net::body::Room;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

/// A request that holds more than this part of the room does not wait for more.
const SMALL_PART: usize = 16;
/// Room is scarce when less than this part of it is left.
const SCARCE_PART: usize = 2;

/// The bytes that may be in flight, and whether the doors are open.
#[derive(Debug)]
pub(crate) struct Admission {
    room: Arc<Semaphore>,
    bytes_max: usize,
    wait_max: Duration,
    waiting: AtomicUsize,
}

/// Bytes held for one request.
#[derive(Debug)]
pub(crate) struct Reservation {
    admission: Arc<Admission>,
    held: Option<OwnedSemaphorePermit>,
}

impl Admission {
    pub(crate) fn new(bytes_max: usize, wait_max: Duration) -> Arc<Self> {
        Arc::new(Self {
            room: Arc::new(Semaphore::new(bytes_max)),
            bytes_max,
            wait_max,
            waiting: AtomicUsize::new(0),
        })
    }

    /// An empty reservation, to be grown as bytes arrive.
    pub(crate) fn enter(self: &Arc<Self>) -> Reservation {
        Reservation {
            admission: Arc::clone(self),
            held: None,
        }
    }

    /// False from [`close`](Self::close) on.
    pub(crate) fn open(&self) -> bool {
        !self.room.is_closed()
    }

    pub(crate) fn bytes_max(&self) -> usize {
        self.bytes_max
    }

    pub(crate) fn in_flight_bytes(&self) -> usize {
        self.bytes_max.saturating_sub(self.room.available_permits())
    }

    /// Requests that wait for room.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Waits until nothing is in flight, then lets nothing more in.
    pub(crate) async fn close(&self) {
        let all = u32::try_from(self.bytes_max).unwrap_or(u32::MAX);
        let _everything = self.room.acquire_many(all).await;
        self.room.close();
    }

    async fn wait(&self, bytes: u32) -> Option<OwnedSemaphorePermit> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let counted = Counted(&self.waiting);
        let room = Arc::clone(&self.room).acquire_many_owned(bytes);
        let room: Result<Result<_, AcquireError>, _> = timeout(self.wait_max, room).await;
        drop(counted);
        room.ok()?.ok()
    }
}

/// One that waits; a client that goes away waits no longer.
struct Counted<'a>(&'a AtomicUsize);

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Reservation {
    /// Bytes for what a body unfolds to; `None` if there is no room for them. What is more than all the
    /// room there is takes all of it: such a request passes when it is alone.
    pub(crate) async fn unfold(&self, bytes: usize) -> Option<Self> {
        let mine = self.bytes() + bytes;
        let mut unfolded = self.admission.enter();
        let most = self.admission.bytes_max.saturating_sub(self.bytes());
        let taken = unfolded.grow(bytes.min(most), mine).await;
        taken.then_some(unfolded)
    }

    fn bytes(&self) -> usize {
        self.held
            .as_ref()
            .map_or(0, OwnedSemaphorePermit::num_permits)
    }

    /// Holds `bytes` more, of a request that then holds `all`.
    async fn grow(&mut self, bytes: usize, all: usize) -> bool {
        let Ok(bytes) = u32::try_from(bytes) else {
            return false;
        };
        let more = match Arc::clone(&self.admission.room).try_acquire_many_owned(bytes) {
            Ok(more) => Some(more),
            Err(_) if all > self.admission.bytes_max / SMALL_PART => None,
            Err(_) => self.admission.wait(bytes).await,
        };
        let Some(more) = more else {
            return false;
        };
        match &mut self.held {
            Some(held) => held.merge(more),
            None => self.held = Some(more),
        }
        true
    }
}

impl Room for Reservation {
    async fn take(&mut self, bytes: usize) -> bool {
        let all = self.bytes() + bytes;
        self.grow(bytes, all).await
    }

    fn scarce(&self) -> bool {
        self.admission.room.available_permits() < self.admission.bytes_max / SCARCE_PART
    }
}
