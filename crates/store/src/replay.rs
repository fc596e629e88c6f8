//! From the log back into the buffer, after open.
//!
//! A store takes requests from the moment it is open, however long its log is: the log is read back by
//! the task behind the store, while what is new is logged, acknowledged and parked. Queries wait until it
//! is done. Rows come back in the log's order, what was parked last, so that a request that a client sends
//! again after the crash finds the digest of its first copy.
//!
//! Every record above the catalog's position was acknowledged, so none is dropped: one that cannot be
//! decoded is kept as a file in `quarantine/` and counted, and numbers that the log misses are counted.

use crate::buffer::{Count, Entry};
use crate::directory;
use crate::flush::{self, Step};
use crate::log::Replay;
use crate::store::Shared;
use crate::{Appended, Error, Request};
use arrow::array::RecordBatch;
use bytes::Bytes;
use model::{ErrorKind, planted};
use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// Read and decoded in one go, away from the runtime.
const STRETCH_RECORDS_MAX: usize = 64;
const STRETCH_BYTES_MAX: usize = 8 << 20;
/// Between two tries of a flush, without which a replay cannot go on.
const FLUSH_AGAIN: Duration = Duration::from_secs(1);

/// How the replay of an open store stands.
#[derive(Clone, Debug, Default)]
pub(crate) enum Progress {
    #[default]
    Running,
    Done,
    Failed(Arc<Error>),
}

/// What is to be read back.
pub(crate) struct Plan<D> {
    log: Replay,
    through_seq: u64,
    decode: Arc<D>,
}

/// What became of a number of the log.
enum Found {
    Rows(Entry),
    /// Everything up to this number has no rows, or lost them.
    Nothing(u64),
}

impl<D, E> Plan<D>
where
    D: Fn(&Request) -> Result<Option<RecordBatch>, E> + Send + Sync + 'static,
    E: Display,
{
    /// The records above `committed_seq` that the log has now, before it takes new ones.
    pub(crate) fn new(shared: &Shared, committed_seq: u64, decode: D) -> Self {
        let after_seq = match planted::bug("store_replay_ignores_position") {
            true => 0,
            false => committed_seq,
        };
        Self {
            log: shared.log.replay(after_seq, &shared.directory.quarantine()),
            through_seq: shared.replay_through_seq,
            decode: Arc::new(decode),
        }
    }

    /// Brings the rows back and lets queries in. `false` when that failed: the store is then of no use.
    pub(crate) async fn run(self, shared: &Arc<Shared>) -> bool {
        match self.replay(shared).await {
            Ok(()) => {
                let (stored, duplicate) = shared.buffer.unpark(shared.clock.now_nanos());
                shared.count_all(Appended::Stored, stored);
                shared.count_all(Appended::Duplicate, duplicate);
                shared.replay.send_replace(Progress::Done);
                true
            }
            Err(error) => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "could not read the log back; nothing is acknowledged any more"
                );
                let failed = Progress::Failed(Arc::new(error));
                shared.replay.send_replace(failed);
                false
            }
        }
    }

    async fn replay(self, shared: &Arc<Shared>) -> Result<(), Error> {
        let buffer = &shared.buffer;
        shared
            .catalog
            .recent(|digest, arrival| buffer.remember(digest, arrival))
            .await?;
        let mut plan = self;
        loop {
            let store = Arc::clone(shared);
            // The blocking part holds the store, and so the directory's lock, until it is done.
            let read = move || plan.read_some(&store).map(|found| (plan, found));
            let (rest, found) = tokio::task::spawn_blocking(read).await??;
            plan = rest;
            if found.is_empty() {
                shared.buffer.settle(plan.through_seq);
                return Ok(());
            }
            for found in found {
                accept(shared, found);
                if shared.buffer.is_large(&shared.config) {
                    flush(shared).await?;
                }
            }
        }
    }

    /// The next stretch of the log; empty at its end.
    fn read_some(&mut self, shared: &Shared) -> Result<Vec<Found>, Error> {
        let (mut stretch, mut bytes) = (Vec::new(), 0);
        while stretch.len() < STRETCH_RECORDS_MAX && bytes < STRETCH_BYTES_MAX {
            let found = match self.log.next() {
                None => break,
                Some(Ok((seq, record))) => {
                    shared.counters.replayed_records.add(1);
                    self.decode(shared, seq, &record)?
                }
                Some(Err(Error::Log(wal::Error::Damaged(damage)))) => {
                    tracing::error!(%damage, "the log misses records");
                    shared.counters.lost_records.add(damage.lost_records);
                    Found::Nothing(damage.lost_from + damage.lost_records - 1)
                }
                Some(Err(error)) => return Err(error),
            };
            if let Found::Rows(entry) = &found {
                bytes += entry.bytes;
            }
            stretch.push(found);
        }
        Ok(stretch)
    }

    fn decode(&self, shared: &Shared, seq: u64, record: &Bytes) -> Result<Found, Error> {
        if seq == self.through_seq && planted::bug("store_replay_skips_last") {
            return Ok(Found::Nothing(seq));
        }
        let decoded = Request::decode(record)
            .map_err(|error| error.to_string())
            // A panic over one record must not keep the others away for ever.
            .and_then(
                |request| match catch_unwind(AssertUnwindSafe(|| (self.decode)(&request))) {
                    Ok(Ok(batch)) => Ok((request, batch)),
                    Ok(Err(error)) => Err(error.to_string()),
                    Err(_panic) => Err("the decoder failed on it".to_owned()),
                },
            );
        match decoded {
            Ok((request, Some(batch))) if batch.num_rows() > 0 => {
                let now_nanos = shared.clock.now_nanos();
                Ok(Found::Rows(Entry::new(seq, request, batch, now_nanos)))
            }
            Ok(_) => Ok(Found::Nothing(seq)),
            Err(error) => {
                tracing::error!(
                    seq,
                    error,
                    "could not decode a record of the log; it is kept in quarantine"
                );
                quarantine(shared, seq, record)?;
                shared.counters.quarantined_records.add(1);
                Ok(Found::Nothing(seq))
            }
        }
    }
}

fn accept(shared: &Shared, found: Found) {
    match found {
        Found::Rows(entry) => {
            let rows = entry.batch.num_rows() as u64;
            // Records come in order: what is missing before this one was torn and never acknowledged.
            shared.buffer.settle(entry.seq.saturating_sub(1));
            // A duplicate was counted as one before the crash.
            if shared.buffer.insert_replayed(entry) == Appended::Stored {
                shared.counters.replayed_rows.add(rows);
            }
        }
        Found::Nothing(through_seq) => shared.buffer.settle(through_seq),
    }
}

/// Makes room: new requests are refused when there is none, but the replay has to go on.
async fn flush(shared: &Arc<Shared>) -> Result<(), Error> {
    loop {
        match flush::flush(shared, Step::Release).await {
            Err(error) if error.kind() == ErrorKind::Unavailable => {
                shared.counters.flush_failures.add(1);
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "could not flush while the log is read back; trying again"
                );
                tokio::time::sleep(FLUSH_AGAIN).await;
            }
            done => return done,
        }
    }
}

fn quarantine(shared: &Shared, seq: u64, record: &Bytes) -> Result<(), Error> {
    let place = shared.directory.quarantine();
    std::fs::create_dir_all(&place).map_err(Error::io("create", &place))?;
    place.parent().map_or(Ok(()), directory::sync)?;
    directory::write_whole(&place.join(format!("{seq:012}.record")), record)
}

impl Shared {
    /// Waits until the log is read back.
    pub(crate) async fn replayed(&self) -> Result<(), Error> {
        let mut progress = self.replay.subscribe();
        let is_over = |progress: &Progress| !matches!(progress, Progress::Running);
        // The other end is in here, too: it is not gone.
        let waited = progress.wait_for(is_over).await.map(drop);
        waited.map_err(|_| Error::Closed)?;
        self.check_replay()
    }

    /// Whether the log could not be read back.
    pub(crate) fn check_replay(&self) -> Result<(), Error> {
        match &*self.replay.borrow() {
            Progress::Failed(error) => Err(Error::NotReplayed(Arc::clone(error))),
            _ => Ok(()),
        }
    }

    pub(crate) fn count(&self, appended: Appended, rows: usize) {
        let mut count = Count::default();
        count.add(rows);
        self.count_all(appended, count);
    }

    fn count_all(&self, appended: Appended, count: Count) {
        let (requests, rows) = match appended {
            Appended::Stored => (
                &self.counters.appended_requests,
                &self.counters.appended_rows,
            ),
            Appended::Duplicate => (
                &self.counters.duplicate_requests,
                &self.counters.duplicate_rows,
            ),
        };
        requests.add(count.requests);
        rows.add(count.rows);
    }
}

impl Progress {
    pub(crate) fn start() -> watch::Sender<Self> {
        watch::Sender::new(Self::Running)
    }
}
