//! The handle: open, table, close.

use crate::buffer::{Buffer, Entry};
use crate::catalog::{Catalog, Fault, Snapshot};
use crate::compact::{self, Compaction, Pace};
use crate::counters::Counters;
use crate::damage::Damage;
use crate::directory::Directory;
use crate::flush::{self, Leftovers, Step};
use crate::log::{self, Log, Opened};
use crate::place::Place;
use crate::replay::{Plan, Progress};
use crate::steady::Steady;
use crate::sweep::{self, Known};
use crate::table::{Reader, Table};
use crate::verify::Finding;
use crate::{Config, Error, Request, Stats, maintenance};
use arrow::array::RecordBatch;
use datafusion::catalog::TableProvider;
use model::{Clock, planted};
use std::fmt::Display;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::{Mutex, Notify, RwLock, watch};
use tokio::task::JoinHandle;

/// An open store. Dropping it is safe and like a crash: the log has what the data files have not. To
/// leave nothing in the log, [`Store::close`] it.
#[derive(Debug)]
pub struct Store {
    pub(crate) shared: Arc<Shared>,
    background: JoinHandle<()>,
}

/// What the handle, the task behind it and appends on their way share.
#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) config: Config,
    pub(crate) clock: Clock,
    pub(crate) log: Log,
    pub(crate) catalog: Catalog,
    pub(crate) place: Place,
    pub(crate) buffer: Buffer,
    pub(crate) counters: Counters,
    pub(crate) damage: Arc<Damage>,
    reader: Arc<Reader>,
    /// Held by the one flush that runs.
    pub(crate) flushing: Mutex<Leftovers>,
    pub(crate) compaction: Compaction,
    pub(crate) replay: watch::Sender<Progress>,
    /// The newest number in the log at open.
    pub(crate) replay_through_seq: u64,
    /// What maintenance saw of the clock.
    pub(crate) steady: std::sync::Mutex<Steady>,
    /// Tells the task behind the store that a flush is due.
    pub(crate) wake: Notify,
    /// Held for reading by every append until it is done; `false` once the store is closed.
    pub(crate) is_open: Arc<RwLock<bool>>,
    /// Last, so that the lock goes when everything else is gone.
    pub(crate) directory: Directory,
}

impl Store {
    /// Opens the store in `config.data_dir`, which is created when absent. It takes requests at once; the
    /// log's rows come back meanwhile, and queries wait for them. `decode` turns a request into the same
    /// batch that was appended with it.
    ///
    /// # Errors
    /// `Conflict` when another process has it open, `Invalid` for a setting or a version that is not
    /// known, `Corrupt` when catalog, log and data files do not belong together, `Unavailable` when a place on
    /// another machine cannot be used.
    pub async fn open<E: Display + 'static>(
        config: Config,
        clock: Clock,
        decode: impl Fn(&Request) -> Result<Option<RecordBatch>, E> + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        config.check()?;
        let directory = Directory::open(&config.data_dir, config.catalog.is_none())?;
        let place = Place::open(config.objects.as_ref(), &directory).await?;
        let (data_path, now_nanos) = (place.url(), clock.now_nanos());
        let catalog =
            Catalog::open(config.catalog.as_ref(), &directory, &data_path, now_nanos).await?;
        if config.objects.is_some() || config.catalog.is_some() {
            // Where both are in one directory they belong together.
            let (id, is_new) = catalog.identity().await?;
            place.claim(&id, is_new).await?;
        }
        let Opened {
            log,
            snapshot,
            numbers,
            lost_after,
            torn_bytes,
        } = log::open(&config, &directory, &catalog, &data_path, now_nanos).await?;
        let datasets = snapshot
            .tables
            .iter()
            .map(|(name, table)| (name.clone(), table.created_nanos));
        let damage = Arc::new(Damage::default());
        let shared = Arc::new(Shared {
            buffer: Buffer::new(snapshot.wal_seq, config.resend_bytes_max, datasets),
            reader: Arc::new(Reader::new(
                &place,
                &damage,
                config.footer_cache_bytes_max,
                config.index_cache_bytes_max,
            )),
            config,
            clock,
            log,
            catalog,
            place,
            counters: Counters::default(),
            damage,
            flushing: Mutex::default(),
            compaction: Compaction::default(),
            replay: Progress::start(),
            replay_through_seq: *numbers.end(),
            steady: std::sync::Mutex::default(),
            wake: Notify::default(),
            is_open: Arc::new(RwLock::new(true)),
            directory,
        });
        shared.counters.torn_bytes.add(torn_bytes);
        let known = Known {
            snapshot: &snapshot,
            named: &shared.catalog.named().await?,
            log: numbers,
            lost_after,
        };
        sweep::sweep(&shared.place, &shared.directory.quarantine(), &known).await?;
        let plan = Plan::new(&shared, snapshot.wal_seq, decode);
        let background = tokio::spawn(maintenance::run(Arc::clone(&shared), plan));
        Ok(Self { shared, background })
    }

    /// Waits until the log is replayed, as queries do.
    ///
    /// # Errors
    /// `Unavailable` when it could not be.
    pub async fn replayed(&self) -> Result<(), Error> {
        self.shared.replayed().await
    }

    /// A dataset as it is now, for any number of queries; `None` when there is none of that name. Waits
    /// until the log is replayed.
    ///
    /// # Errors
    /// `Unavailable` when the catalog cannot be read, or the log could not be.
    pub async fn table(&self, dataset: &str) -> Result<Option<Arc<dyn TableProvider>>, Error> {
        let Moment {
            mut entries,
            snapshot,
        } = self.shared.moment().await?;
        entries.retain(|entry| entry.dataset == dataset);
        let committed = snapshot.tables.get(dataset).cloned();
        if committed.is_none() && entries.is_empty() {
            return Ok(None);
        }
        let path = committed.as_ref().map_or("", |table| table.path.as_str());
        let directory = self.shared.place.root().join(path);
        let reader = Arc::clone(&self.shared.reader);
        let table = Table::new(directory, committed, entries, reader).await;
        Ok(Some(Arc::new(table)))
    }

    /// Turns the rows that are buffered now into data files; waits until the log is replayed.
    ///
    /// # Errors
    /// `Unavailable` when the disk does not answer. Nothing is lost; it may be called again.
    pub async fn flush(&self) -> Result<(), Error> {
        self.flush_through(Step::Release).await
    }

    /// Does the steps of one flush up to `last` and leaves the rest undone, as a crash does. For tests.
    #[doc(hidden)]
    pub async fn flush_through(&self, last: Step) -> Result<(), Error> {
        self.shared.replayed().await?;
        flush::flush(&self.shared, last).await
    }

    /// Makes the next commit of a flush or a compaction fail. For tests.
    #[doc(hidden)]
    pub fn fail_next_commit(&self, fault: Fault) {
        self.shared.catalog.fail_next(fault);
    }

    /// Merges small data files into large ones until nothing is due, as it also happens by itself.
    ///
    /// # Errors
    /// `Unavailable` when the disk does not answer or the store is closed. It may be called again.
    pub async fn compact(&self) -> Result<(), Error> {
        self.compact_through(Step::Release).await
    }

    /// Does the steps of one merge up to `last` and leaves the rest undone, as a crash does. For tests.
    #[doc(hidden)]
    pub async fn compact_through(&self, last: Step) -> Result<(), Error> {
        self.shared.replayed().await?;
        compact::compact(&self.shared, last, Pace::Quick).await
    }

    /// Retention, expiry of snapshots and vacuum, as they also run by themselves.
    ///
    /// # Errors
    /// `Unavailable` when the disk does not answer. It may be called again.
    pub async fn maintain(&self) -> Result<(), Error> {
        maintenance::maintain(&self.shared).await
    }

    /// Whether the log has failed for good, now or when it was read back: nothing is acknowledged any more, and only a new open, which
    /// reads what the disk really holds, makes the store whole. Or the store is [fenced](Self::fenced). Cheap; never goes back to `false`.
    pub fn failed(&self) -> bool {
        self.shared.log.failed() || self.shared.check_replay().is_err() || self.fenced()
    }

    /// Whether another process has taken the catalog over, or the log in the object store: what is acknowledged from now
    /// on stays in a log on this machine, and nothing is in one there.
    pub fn fenced(&self) -> bool {
        self.shared.catalog.is_fenced() || self.shared.log.is_taken()
    }

    /// Files that were found damaged since open and are not known to be whole again: what queries met. All that is
    /// damaged [`verify`](fn@crate::verify) finds.
    pub fn damage(&self) -> Vec<Finding> {
        self.shared.damage.found()
    }

    /// How long requests have been waiting for an object store that does not take the log: away, or refusing for good.
    /// Nothing is acknowledged meanwhile. Zero where the log is on a disk.
    pub fn log_waits(&self) -> Duration {
        self.shared.log.waits()
    }

    /// What was counted since open, and what is held now.
    pub fn stats(&self) -> Stats {
        let size = self.shared.buffer.size();
        let through_seq = self.shared.replay_through_seq;
        let compaction = &self.shared.compaction;
        Stats {
            replaying: matches!(*self.shared.replay.borrow(), Progress::Running),
            replayed_seq: self.shared.buffer.settled_seq().min(through_seq),
            replay_through_seq: through_seq,
            parked_requests: size.parked.requests,
            parked_rows: size.parked.rows,
            recent_digests: size.recent.digests as u64,
            recent_bytes: size.recent.bytes as u64,
            recent_forgotten: size.recent.forgotten_early,
            damage_met: self.shared.damage.met(),
            damaged_files: self.shared.damage.files(),
            buffered_rows: size.rows as u64,
            oldest_nanos: self.shared.buffer.oldest_nanos(),
            buffered_bytes: size.bytes as u64,
            data_files: compaction.files.load(Ordering::Relaxed),
            waiting_files: compaction.waiting.load(Ordering::Relaxed),
            log_bytes: self.shared.log.bytes(),
            log_seq: self.shared.log.last_seq(),
            ..self.shared.counters.stats()
        }
    }

    /// Takes no more requests, waits for those on their way and for the log's replay, flushes, and lets go
    /// of all files.
    ///
    /// # Errors
    /// `Unavailable` when the flush failed; the rows are then in the log.
    pub async fn close(&self) -> Result<(), Error> {
        // Given once every append is done.
        if !std::mem::replace(&mut *self.shared.is_open.write().await, false) {
            return Ok(());
        }
        self.shared.compaction.stop();
        let flushed = self.flush().await;
        self.shared.compaction.ended().await;
        // Ended between two flushes, not in one: its commit would be left to chance.
        let _alone = self.shared.flushing.lock().await;
        self.background.abort();
        self.shared.log.close().await;
        self.shared.catalog.close().await;
        flushed
    }
}

/// All rows at one moment, each either in a data file or in an entry.
#[derive(Debug)]
pub(crate) struct Moment {
    pub(crate) entries: Vec<Arc<Entry>>,
    pub(crate) snapshot: Arc<Snapshot>,
}

impl Shared {
    /// Takes no lock that a flush holds for long. Waits until the log is replayed.
    pub(crate) async fn moment(&self) -> Result<Moment, Error> {
        self.replayed().await?;
        // In this order: rows whose flush ends between the two are in both, and left out here. The
        // other way round they would be in neither.
        let mut entries = self.buffer.entries();
        let snapshot = self.catalog.snapshot().await;
        let snapshot = snapshot.inspect_err(|error| {
            if matches!(error, Error::CatalogDamaged(_)) {
                let catalog = self.directory.catalog();
                self.damage.meet(&catalog, &[], &error.to_string());
            }
        })?;
        let first_seq = match () {
            () if planted::bug("store_handover_off_by_one") => snapshot.wal_seq,
            () if planted::bug("store_handover_leaves_out") => snapshot.wal_seq + 2,
            () if planted::bug("store_replay_ignores_position") => 0,
            () => snapshot.wal_seq + 1,
        };
        entries.retain(|entry| entry.seq >= first_seq);
        Ok(Moment { entries, snapshot })
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.shared.compaction.stop();
        self.background.abort();
    }
}
