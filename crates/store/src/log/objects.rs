//! A log in an object store: a chain of slots, `_log/<number>`, each created once (PUT with `If-None-Match: *`).
//!
//! A slot is a **group** of records that waited at the same moment, or a **claim**, by which a new owner begins. The
//! next slot is begun only when the one before it is known to be there: so of an owner whose answers were lost, or
//! who is not the owner any more, at most one slot is in doubt, and a claim that is created there settles it. Who
//! finds that slot taken by others has never been answered for what is in it, acknowledges nothing any more, and ends.
//!
//! ```text
//! epoch 1       epoch 1       epoch 2       epoch 2
//! claim, 1 ───► group, 2 ───► claim, 3 ───► group, 4        the owner of epoch 1 meets a claim in its slot 3
//! ```
//!
//! What it rests on:
//! * A PUT that creates is refused where something is. That alone keeps owners apart; what a list or a read says of a
//!   slot that is not there is only a hint where to look for the end.
//! * A claim is never removed: an owner that slept through all that came after it still meets it. Groups are removed
//!   when a commit covers them and the catalog says that the chain begins behind them. A late PUT of such a group,
//!   sent twice because its answer was lost, leaves an object that nobody reads and the next opening removes.
//! * A slot that was sent keeps its bytes until it is known what became of it. Its answer may be lost: it is found
//!   there again by its bytes.

use super::replay::Replay;
use super::slot::{self, Head, Slot};
use super::writer::{Append, Command, Writer};
use crate::Error;
use crate::catalog::{Catalog, Chain};
use crate::config::Objects;
use bytes::Bytes;
use object_store::{Attributes, Error as StoreError};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::Instant;

/// No dataset has this name.
pub(crate) const DIRECTORY: &str = "_log";

/// An open log. Dropping it is like a crash: what is on its way may land.
#[derive(Debug)]
pub(crate) struct ObjectLog {
    shared: Arc<Shared>,
    queue: mpsc::Sender<Command>,
    queue_bytes: Arc<Semaphore>,
    writer: JoinHandle<()>,
    config: wal::Config,
}

/// What the handle, the writer and a replay share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) objects: Objects,
    pub(super) chain: Chain,
    slots: Mutex<Slots>,
    is_taken: AtomicBool,
    /// Since when a group is on its way that the store has not taken yet.
    waits_since: Mutex<Option<Instant>>,
}

/// The slots that are there, as far as this process needs to know.
#[derive(Debug, Default)]
struct Slots {
    by_number: BTreeMap<u64, Held>,
    /// The number, in the slots, of the newest record.
    last: u64,
}

#[derive(Clone, Copy, Debug)]
struct Held {
    bytes: u64,
    /// Of its last record, or of the one before it; `None` until it is read back.
    last: Option<u64>,
}

impl ObjectLog {
    /// Finds the end of the chain and claims what is behind it; the newest number of the log is the second value.
    ///
    /// # Errors
    /// `Corrupt` when chain and catalog do not belong together, `Conflict` when another owner came later,
    /// `Invalid` for a log of a newer program, `Unavailable` when the store does not answer.
    pub(crate) async fn open(
        objects: &Objects,
        chain: &Chain,
        config: wal::Config,
    ) -> Result<(Self, u64), Error> {
        let listed = objects.slots().await?;
        let over: Vec<String> = listed
            .range(..chain.first_slot)
            .filter(|(_, bytes)| **bytes > slot::HEAD_BYTES)
            .map(|(number, _)| path(*number))
            .collect();
        let known = listed
            .range(chain.first_slot..)
            .map(|(number, bytes)| (*number, *bytes));
        let mut end = End {
            objects,
            chain,
            known: known.collect(),
        };
        end.check_whole().await?;
        let (claimed, next) = end.claim().await?;
        let by_number = end.known.into_iter().map(|(number, bytes)| {
            let last = (number == claimed).then_some(next - 1);
            (number, Held { bytes, last })
        });
        let shared = Arc::new(Shared {
            objects: objects.clone(),
            chain: *chain,
            slots: Mutex::new(Slots {
                by_number: by_number.collect(),
                last: next - 1,
            }),
            is_taken: AtomicBool::new(false),
            waits_since: Mutex::default(),
        });
        if let Err(error) = objects.remove(&over).await {
            tracing::warn!(%error, "could not remove slots of the log that nobody needs");
        }
        let (queue, commands) = mpsc::channel(config.queue_records_max);
        let writer = Writer {
            shared: Arc::clone(&shared),
            slot: claimed + 1,
            next,
            group_bytes_max: config.group_bytes_max,
        };
        let log = Self {
            queue,
            queue_bytes: Arc::new(Semaphore::new(config.queue_bytes_max)),
            writer: tokio::spawn(writer.run(commands)),
            config,
            shared,
        };
        let last_seq = log.last_seq();
        Ok((log, last_seq))
    }

    /// As [`super::Log::append`]. While the store does not answer, it waits.
    pub(super) async fn append(&self, parts: [Bytes; 2]) -> Result<u64, Error> {
        let bytes = parts[0].len().saturating_add(parts[1].len());
        let record_bytes_max = self.config.record_bytes_max;
        if bytes > record_bytes_max {
            return Err(Error::Log(wal::Error::RecordTooLarge {
                bytes,
                record_bytes_max,
            }));
        }
        // A record larger than the whole queue takes all of it: it waits until it is alone.
        let share = u32::try_from(bytes.min(self.config.queue_bytes_max)).unwrap_or(u32::MAX);
        let room = Arc::clone(&self.queue_bytes).acquire_many_owned(share);
        let room = room.await.map_err(|_| Error::Closed)?;
        let (answer, answered) = oneshot::channel();
        let append = Append {
            parts,
            answer,
            room,
        };
        let sent = self.queue.send(Command::Append(append)).await;
        sent.map_err(|_| Error::Closed)?;
        answered.await.map_err(|_| Error::Closed)?
    }

    pub(super) fn replay(&self, after_seq: u64, quarantine: &Path) -> Replay {
        let slots = self.shared.slots();
        let numbers = slots
            .by_number
            .iter()
            .map(|(number, it)| (*number, it.bytes));
        Replay::new(
            Arc::clone(&self.shared),
            numbers.collect(),
            after_seq.saturating_sub(self.shared.chain.shift),
            slots.last,
            quarantine,
        )
    }

    /// Lets go of the groups whose records are all at or below `through_seq`; the newest slot always stays.
    ///
    /// # Errors
    /// `Unavailable` when catalog or store do not answer; the call may be repeated.
    pub(crate) async fn trim(&self, through_seq: u64, catalog: &Catalog) -> Result<(), Error> {
        let through = through_seq.saturating_sub(self.shared.chain.shift);
        let (first_slot, over) = self.shared.slots().over(through);
        if over.is_empty() {
            return Ok(());
        }
        // In this order: what is removed is not looked for any more.
        catalog.log_begins(first_slot).await?;
        let groups = over.iter().filter(|(_, bytes)| *bytes > slot::HEAD_BYTES);
        let groups: Vec<String> = groups.map(|(number, _)| path(*number)).collect();
        self.shared.objects.remove(&groups).await?;
        let mut slots = self.shared.slots();
        slots.by_number = slots.by_number.split_off(&first_slot);
        Ok(())
    }

    /// Ends the chain: all of its groups are let go of, whether they were read back or not.
    ///
    /// # Errors
    /// As [`ObjectLog::trim`].
    pub(super) async fn leave(&self, catalog: &Catalog) -> Result<(), Error> {
        let slots = std::mem::take(&mut self.shared.slots().by_number);
        let newest = slots.keys().next_back().copied().unwrap_or(0);
        catalog.log_begins(newest).await?;
        let groups = slots.iter().filter(|(_, it)| it.bytes > slot::HEAD_BYTES);
        let groups: Vec<String> = groups.map(|(number, _)| path(*number)).collect();
        self.shared.objects.remove(&groups).await
    }

    pub(super) fn is_taken(&self) -> bool {
        self.shared.is_taken.load(Ordering::Relaxed)
    }

    pub(super) fn waits(&self) -> Duration {
        let since = *self.shared.waits_since();
        since.map_or(Duration::ZERO, |since| since.elapsed())
    }

    pub(super) fn last_seq(&self) -> u64 {
        self.shared.slots().last + self.shared.chain.shift
    }

    pub(super) fn bytes(&self) -> u64 {
        let slots = self.shared.slots();
        slots.by_number.values().map(|it| it.bytes).sum()
    }

    pub(super) async fn close(&self) {
        let (answer, answered) = oneshot::channel();
        if self.queue.send(Command::Close(answer)).await.is_ok() {
            let _ = answered.await;
        }
    }
}

impl Drop for ObjectLog {
    fn drop(&mut self) {
        self.writer.abort();
    }
}

impl Shared {
    /// A slot was written or read back.
    pub(super) fn holds(&self, number: u64, bytes: u64, last: u64) {
        let mut slots = self.slots();
        slots.last = slots.last.max(last);
        let last = Some(last);
        slots.by_number.insert(number, Held { bytes, last });
    }

    /// The slot that would be this owner's next one is another's.
    pub(super) fn take(&self, number: u64) -> Error {
        if !self.is_taken.swap(true, Ordering::Relaxed) {
            tracing::error!(
                slot = self.objects.shown(&path(number)),
                "another process writes the log; nothing is acknowledged any more"
            );
        }
        self.taken(number)
    }

    pub(super) fn taken(&self, number: u64) -> Error {
        Error::LogTaken {
            slot: self.objects.shown(&path(number)),
        }
    }

    pub(super) fn is_taken(&self) -> bool {
        self.is_taken.load(Ordering::Relaxed)
    }

    pub(super) fn waits_since(&self) -> MutexGuard<'_, Option<Instant>> {
        self.waits_since
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn slots(&self) -> MutexGuard<'_, Slots> {
        // It is changed in single steps: it is whole even if a thread died holding it.
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slots {
    /// The first slot that stays, and those before it.
    fn over(&self, through: u64) -> (u64, Vec<(u64, u64)>) {
        let newest = self.by_number.keys().next_back().copied().unwrap_or(0);
        let is_over =
            |number: u64, it: &Held| number < newest && it.last.is_some_and(|it| it <= through);
        let over = self.by_number.iter();
        let over = over.take_while(|(number, it)| is_over(**number, it));
        let over: Vec<(u64, u64)> = over.map(|(number, it)| (*number, it.bytes)).collect();
        let first = over.last().map_or(0, |(number, _)| number + 1);
        (first, over)
    }
}

/// The search for the end of a chain.
struct End<'a> {
    objects: &'a Objects,
    chain: &'a Chain,
    /// The slots that are there, and their bytes.
    known: BTreeMap<u64, u64>,
}

impl End<'_> {
    /// Looks at what a list does not show: it may be late, or the catalog may be older than the log, which has let go
    /// of what such a catalog misses.
    async fn check_whole(&mut self) -> Result<(), Error> {
        let Some(last) = self.known.keys().next_back().copied() else {
            return Ok(());
        };
        for number in self.chain.first_slot..last {
            if !self.known.contains_key(&number) && self.look(number).await?.is_none() {
                return Err(self.mismatch(number));
            }
        }
        Ok(())
    }

    /// Creates a claim in the first slot that is not there; its number, and that of the log's next record.
    async fn claim(&mut self) -> Result<(u64, u64), Error> {
        let first_slot = self.chain.first_slot;
        let newest = self.known.keys().next_back().copied();
        let mut number = newest.unwrap_or(first_slot);
        loop {
            if self.look(number).await?.is_some() {
                number += 1;
                continue;
            }
            if number == first_slot && first_slot > 1 {
                return Err(self.mismatch(number));
            }
            let next = self.next_before(number).await?;
            let claim = slot::encode(self.chain.epoch, number, next, &[]);
            let (path, nothing) = (path(number), Attributes::new());
            match self.objects.create(&path, &claim, &nothing).await {
                // It was there after all, or came just now: it is before ours.
                Err(Error::ObjectTaken { .. }) => {}
                created => {
                    created?;
                    self.known.insert(number, claim.len() as u64);
                    return Ok((number, next));
                }
            }
        }
    }

    /// The number of the record behind all slots before this one. Where the newest is damaged, more than there are.
    async fn next_before(&mut self, number: u64) -> Result<u64, Error> {
        let mut unknown = 0;
        for number in (self.chain.first_slot..number).rev() {
            match self.look(number).await?.flatten() {
                Some(head) => return Ok(head.next() + unknown),
                None => unknown += slot::RECORDS_MAX as u64,
            }
        }
        Ok(1 + unknown)
    }

    /// `None` for a slot that is not there, `Some(None)` for one whose head is damaged.
    async fn look(&mut self, number: u64) -> Result<Option<Option<Head>>, Error> {
        let Some((bytes, found)) = self.objects.slot(number).await? else {
            return Ok(None);
        };
        self.known.insert(number, bytes);
        let head = found.head();
        match head.is_some_and(|head| head.epoch >= self.chain.epoch) {
            true => Err(Error::Fenced {
                path: self.objects.shown(&path(number)).into(),
            }),
            false => Ok(Some(head)),
        }
    }

    fn mismatch(&self, number: u64) -> Error {
        Error::Mismatch {
            path: self.objects.shown(&path(number)).into(),
            reason: "this part of the log is not there although the catalog needs it: the catalog is older than the log, \
                     or somebody removed it"
                .to_owned(),
        }
    }
}

/// Where a slot is.
pub(crate) fn path(number: u64) -> String {
    format!("{DIRECTORY}/{number:016}")
}

impl Objects {
    /// The slots that a list shows, and their bytes.
    pub(super) async fn slots(&self) -> Result<BTreeMap<u64, u64>, Error> {
        let found = self.list_below(DIRECTORY).await?;
        let slots = found
            .into_iter()
            .filter_map(|(name, bytes)| Some((name.parse().ok()?, bytes)));
        Ok(slots.collect())
    }

    /// What is in a slot, and its bytes; `None` when nothing is.
    ///
    /// # Errors
    /// `Invalid` for one of a newer program, `Unavailable` when the store does not answer.
    pub(super) async fn slot(&self, number: u64) -> Result<Option<(u64, Slot)>, Error> {
        let path = path(number);
        let object = match self.patiently(|| self.bytes(&path)).await {
            Err(StoreError::NotFound { .. }) => return Ok(None),
            found => found.map_err(self.failed("read", &path))?,
        };
        match slot::decode(&object, number) {
            Slot::Unknown(version) => Err(Error::Version {
                path: self.shown(&path).into(),
                found: version.to_string(),
                known: "1",
            }),
            found => Ok(Some((object.len() as u64, found))),
        }
    }
}
