//! The handle: open, table, close.

use crate::buffer::{Buffer, Entry};
use crate::catalog::{Catalog, Snapshot};
use crate::counters::Counters;
use crate::directory::Directory;
use crate::flush::{self, Step};
use crate::steady::Steady;
use crate::table::{Reader, Table};
use crate::{Config, Error, Request, Stats, data_file, maintenance, replay};
use arrow::array::RecordBatch;
use datafusion::catalog::TableProvider;
use model::Clock;
use std::fmt::Display;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::{Mutex, Notify, RwLock};
use tokio::task::JoinHandle;
use wal::Wal;

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
    pub(crate) log: Wal,
    pub(crate) catalog: Catalog,
    pub(crate) buffer: Buffer,
    pub(crate) counters: Counters,
    reader: Arc<Reader>,
    /// Held by the one flush that runs: the files that it wrote and did not commit yet.
    pub(crate) flushing: Mutex<Vec<PathBuf>>,
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
    /// Opens the store in `config.data_dir`, which is created when absent, and brings the log's rows
    /// back: `decode` turns a request into the same batch that was appended with it.
    ///
    /// # Errors
    /// `Conflict` when another process has it open, `Invalid` for a setting or a version that is not
    /// known, `Corrupt` when catalog, log and data files do not belong together.
    pub async fn open<E: Display>(
        config: Config,
        clock: Clock,
        decode: impl Fn(&Request) -> Result<Option<RecordBatch>, E>,
    ) -> Result<Self, Error> {
        config.check()?;
        let directory = Directory::open(&config.data_dir)?;
        let catalog = Catalog::open(&directory, clock.now_nanos()).await?;
        let log = wal::Config {
            quarantine_dir: Some(directory.quarantine()),
            ..config.log.clone()
        };
        let (log, recovery) = Wal::open(&directory.log(), log)?;
        let snapshot = catalog.snapshot().await?;
        let datasets = snapshot
            .tables
            .iter()
            .map(|(name, table)| (name.clone(), table.created_nanos));
        let shared = Arc::new(Shared {
            buffer: Buffer::new(snapshot.wal_seq, datasets),
            reader: Arc::new(Reader::new(config.footer_cache_bytes_max)),
            config,
            clock,
            log,
            catalog,
            counters: Counters::default(),
            flushing: Mutex::default(),
            steady: std::sync::Mutex::default(),
            wake: Notify::default(),
            is_open: Arc::new(RwLock::new(true)),
            directory,
        });
        shared.counters.torn_bytes.add(recovery.truncated_bytes);
        replay::reconcile(&shared, recovery.first_seq, snapshot.wal_seq).await?;
        let log = recovery.first_seq..=recovery.last_seq;
        data_file::sweep(&shared.directory.data(), snapshot.wal_seq, &log)?;
        replay::replay(&shared, snapshot.wal_seq, decode).await?;
        let background = tokio::spawn(maintenance::run(Arc::clone(&shared)));
        Ok(Self { shared, background })
    }

    /// A dataset as it is now, for any number of queries; `None` when there is none of that name.
    ///
    /// # Errors
    /// `Unavailable` when the catalog cannot be read.
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
        let directory = self.shared.directory.data().join(path);
        let reader = Arc::clone(&self.shared.reader);
        Ok(Some(Arc::new(Table {
            directory,
            committed,
            entries,
            reader,
        })))
    }

    /// Turns the rows that are buffered now into data files.
    ///
    /// # Errors
    /// `Unavailable` when the disk does not answer. Nothing is lost; it may be called again.
    pub async fn flush(&self) -> Result<(), Error> {
        flush::flush(&self.shared, Step::Release).await
    }

    /// Does the steps of one flush up to `last` and leaves the rest undone, as a crash does. For tests.
    #[doc(hidden)]
    pub async fn flush_through(&self, last: Step) -> Result<(), Error> {
        flush::flush(&self.shared, last).await
    }

    /// Retention, expiry of snapshots and vacuum, as they also run by themselves.
    ///
    /// # Errors
    /// `Unavailable` when the disk does not answer. It may be called again.
    pub async fn maintain(&self) -> Result<(), Error> {
        maintenance::maintain(&self.shared).await
    }

    /// Whether the log has failed for good: nothing is acknowledged any more, and only a new open, which
    /// reads what the disk really holds, makes the store whole. Cheap; never goes back to `false`.
    pub fn failed(&self) -> bool {
        self.shared.log.failed()
    }

    /// What was counted since open, and what is held now.
    pub fn stats(&self) -> Stats {
        let (rows, bytes) = self.shared.buffer.size();
        Stats {
            buffered_rows: rows as u64,
            oldest_nanos: self.shared.buffer.oldest_nanos(),
            buffered_bytes: bytes as u64,
            log_bytes: self.shared.log.bytes(),
            log_seq: self.shared.log.last_seq(),
            ..self.shared.counters.stats()
        }
    }

    /// Takes no more requests, waits for those on their way, flushes, and lets go of all files.
    ///
    /// # Errors
    /// `Unavailable` when the flush failed; the rows are then in the log.
    pub async fn close(&self) -> Result<(), Error> {
        // Given once every append is done.
        if !std::mem::replace(&mut *self.shared.is_open.write().await, false) {
            return Ok(());
        }
        let flushed = self.flush().await;
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
    /// Takes no lock that a flush holds for long.
    pub(crate) async fn moment(&self) -> Result<Moment, Error> {
        // In this order: rows whose flush ends between the two are in both, and left out here. The
        // other way round they would be in neither.
        let mut entries = self.buffer.entries();
        let snapshot = self.catalog.snapshot().await?;
        entries.retain(|entry| entry.seq > snapshot.wal_seq);
        Ok(Moment { entries, snapshot })
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.background.abort();
    }
}
