//! A log without a thread, so that a seed decides everything that happens. For simulations and fuzzing, and for copies of
//! a log from elsewhere; it is the same writer, told which records make a group.

use crate::log::{self, Shared};
use crate::writer::{Append, Record, Writer};
use crate::{Config, Error, Recovery, Replay};
use bytes::Bytes;
use std::path::Path;
use std::sync::Arc;
use tokio::sync::{Semaphore, oneshot};

/// An open log that does what it is told before it returns. Dropping it is like a crash of the process.
pub struct Inline {
    shared: Arc<Shared>,
    writer: Writer,
    room: Arc<Semaphore>,
}

impl Inline {
    /// As [`Wal::open`](crate::Wal::open).
    ///
    /// # Errors
    /// As there.
    pub fn open(dir: &Path, config: &Config) -> Result<(Self, Recovery), Error> {
        let (writer, shared, recovery) = log::start(dir, config)?;
        let room = Arc::new(Semaphore::new(1));
        let log = Self {
            shared,
            writer,
            room,
        };
        Ok((log, recovery))
    }

    /// Writes the records with one write and one sync.
    pub fn append_group(&mut self, records: &[Bytes]) -> Vec<Result<u64, Error>> {
        let mut group = Vec::new();
        let mut answers = Vec::new();
        for record in records {
            let Ok(room) = Arc::clone(&self.room).try_acquire_many_owned(0) else {
                continue;
            };
            let (answer, answered) = oneshot::channel();
            // In two parts, which is the general case.
            let mut head = record.clone();
            let body = head.split_off(record.len() / 3);
            group.push(Append {
                record: Record::new([head, body]),
                answer,
                room,
            });
            answers.push(answered);
        }
        self.writer.serve(group);
        let heard = |mut answered: oneshot::Receiver<_>| {
            let answer = answered.try_recv();
            answer.unwrap_or(Err(Error::Closed))
        };
        answers.into_iter().map(heard).collect()
    }

    /// As [`Wal::replay`](crate::Wal::replay).
    pub fn replay(&self, after_seq: u64) -> Replay {
        self.shared.replay(after_seq)
    }

    /// As [`Wal::trim`](crate::Wal::trim).
    ///
    /// # Errors
    /// As there.
    pub fn trim(&self, through_seq: u64) -> Result<(), Error> {
        self.shared.trim(through_seq)
    }

    /// As [`Wal::failed`](crate::Wal::failed).
    pub fn failed(&self) -> bool {
        self.shared.healthy().is_err()
    }

    /// Ends the log as a clean shutdown does.
    pub fn close(mut self) {
        self.writer.finish();
    }
}

impl std::fmt::Debug for Inline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inline").finish_non_exhaustive()
    }
}
