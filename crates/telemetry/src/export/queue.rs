//! What waits to be sent: a bounded queue and its books, under one lock, so that the books balance at every moment.

use std::collections::VecDeque;
use std::sync::mpsc::SyncSender;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::Counts;
use crate::config::Batch;

/// Filled by the host's threads, emptied by one of ours.
#[derive(Debug)]
pub(super) struct Queue<T> {
    state: Mutex<State<T>>,
    /// Rung when there is enough for a request, a flush is asked for, or the end has come.
    pub(super) bell: Notify,
    pub(super) limits: Batch,
}

#[derive(Debug)]
struct State<T> {
    waiting: VecDeque<T>,
    counts: Counts,
    flushes: Vec<SyncSender<()>>,
    /// Nobody empties it any more.
    closed: bool,
}

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The store has it, but for so many that it refused.
    Sent {
        rejected: u64,
    },
    Failed,
    /// The time for the shutdown was over.
    Abandoned,
}

impl<T> Queue<T> {
    pub(super) fn new(limits: Batch) -> Self {
        Self {
            state: Mutex::new(State {
                waiting: VecDeque::new(),
                counts: Counts::default(),
                flushes: Vec::new(),
                closed: false,
            }),
            bell: Notify::new(),
            limits,
        }
    }

    /// Adds one, or drops it when the queue is full. Never waits for more than the lock.
    pub(super) fn push(&self, item: T) {
        let mut state = self.lock();
        state.counts.ended += 1;
        if state.closed {
            state.counts.dropped_shutdown += 1;
            drop(state);
            return;
        }
        if state.waiting.len() >= self.limits.queue_max {
            state.counts.dropped_queue_full += 1;
            // The lock goes before the item: freeing it takes longer than all the rest.
            drop(state);
            return;
        }
        state.waiting.push_back(item);
        state.counts.queued += 1;
        let enough = state.waiting.len().is_multiple_of(self.limits.export_max);
        drop(state);
        if enough {
            self.bell.notify_one();
        }
    }

    /// How many wait, and who waits for them to be gone.
    pub(super) fn demand(&self) -> (usize, Vec<SyncSender<()>>) {
        let mut state = self.lock();
        (state.waiting.len(), std::mem::take(&mut state.flushes))
    }

    /// The next request's worth. They count as queued until they are settled.
    pub(super) fn take(&self) -> Vec<T> {
        let mut state = self.lock();
        let size = state.waiting.len().min(self.limits.export_max);
        state.waiting.drain(..size).collect()
    }

    /// Books a request of so many.
    pub(super) fn settle(&self, size: usize, outcome: Outcome) {
        let size = size as u64;
        let counts = &mut self.lock().counts;
        counts.queued -= size;
        match outcome {
            Outcome::Sent { rejected } => {
                let rejected = rejected.min(size);
                counts.rejected += rejected;
                counts.exported += size - rejected;
            }
            Outcome::Failed => counts.dropped_export_failed += size,
            Outcome::Abandoned => counts.dropped_shutdown += size,
        }
    }

    /// Gives up what waits, and what comes from now on. Who waits for a flush is told that there will be none.
    pub(super) fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        state.flushes.clear();
        let left = std::mem::take(&mut state.waiting);
        drop(state);
        self.settle(left.len(), Outcome::Abandoned);
    }

    /// Asks for everything that waits now to be sent; the sender is dropped or used when it has been.
    pub(super) fn flush(&self, done: SyncSender<()>) {
        let mut state = self.lock();
        if state.closed {
            return;
        }
        state.flushes.push(done);
        drop(state);
        self.bell.notify_one();
    }

    pub(super) fn counts(&self) -> Counts {
        self.lock().counts
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
