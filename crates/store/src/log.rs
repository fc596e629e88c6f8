//! The log of a store: on the disk of this machine, or in the object store beside the data files.
//!
//! Both give each record a number, one after the other, answer when it is durable, and hand back what no commit
//! covers after a start.

/// Whether such a log is as it was written.
mod check;
/// Such a log as one on a disk.
mod copied;
/// A log in an object store: a chain of objects, each created once.
mod objects;
/// Reading such a log back.
mod replay;
/// The bytes of one of its objects.
mod slot;
/// What writes it: one object after the other.
mod writer;

use crate::catalog::{Catalog, Snapshot};
use crate::config::Objects;
use crate::directory::Directory;
use crate::{Config, Error};
use bytes::Bytes;
pub(crate) use check::Slots;
pub(crate) use copied::copied;
pub(crate) use objects::{DIRECTORY as SLOTS, ObjectLog, path as slot_path};
use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use wal::{Survey, Wal};

#[derive(Debug)]
pub(crate) enum Log {
    Disk(Wal),
    Objects(ObjectLog),
}

/// A log that is this process's own, and what was found.
#[derive(Debug)]
pub(crate) struct Opened {
    pub(crate) log: Log,
    /// Read after the log was opened: nobody else commits any more.
    pub(crate) snapshot: Arc<Snapshot>,
    /// The numbers that the log has.
    pub(crate) numbers: RangeInclusive<u64>,
    /// Where a log that is lost ended, as far as it was committed.
    pub(crate) lost_after: Option<u64>,
    pub(crate) torn_bytes: u64,
}

/// Makes the catalog this process's own, and opens its log.
pub(crate) async fn open(
    config: &Config,
    directory: &Directory,
    catalog: &Catalog,
    data_path: &str,
    now_nanos: i64,
) -> Result<Opened, Error> {
    match &config.objects {
        Some(objects) if config.log_in_objects => {
            refuse_local(directory, catalog).await?;
            in_objects(config, objects, catalog, data_path, now_nanos).await
        }
        _ => {
            if catalog.has_chain().await? {
                leave(config, directory, catalog, data_path, now_nanos).await?;
            }
            on_disk(config, directory, catalog, data_path, now_nanos).await
        }
    }
}

async fn on_disk(
    config: &Config,
    directory: &Directory,
    catalog: &Catalog,
    data_path: &str,
    now_nanos: i64,
) -> Result<Opened, Error> {
    let lost_after = catalog.own(directory, data_path, now_nanos).await?;
    let snapshot = catalog.snapshot().await?;
    let limits = wal::Config {
        quarantine_dir: Some(directory.quarantine()),
        // Where the log lost its end: a number that was committed and is given again would be taken
        // for what is in a data file.
        floor_seq: snapshot.wal_seq,
        ..config.log.clone()
    };
    let (log, recovery) = Wal::open(&directory.log(), limits)?;
    reconcile(&directory.catalog(), recovery.first_seq, snapshot.wal_seq)?;
    Ok(Opened {
        log: Log::Disk(log),
        snapshot,
        numbers: recovery.first_seq..=recovery.last_seq,
        lost_after,
        torn_bytes: recovery.truncated_bytes,
    })
}

async fn in_objects(
    config: &Config,
    objects: &Objects,
    catalog: &Catalog,
    data_path: &str,
    now_nanos: i64,
) -> Result<Opened, Error> {
    let (chain, lost_after) = catalog.own_with_log(data_path, now_nanos).await?;
    let (log, last_seq) = ObjectLog::open(objects, &chain, config.log.clone()).await?;
    // Which also finds out whether the catalog is this process's still. While it looked for the end of the chain
    // another one may have taken over, and removed what this one did not find any more.
    let snapshot = catalog.snapshot().await?;
    Ok(Opened {
        log: Log::Objects(log),
        numbers: snapshot.wal_seq + 1..=last_seq,
        snapshot,
        lost_after,
        torn_bytes: 0,
    })
}

/// Ends the log in the object store, for one on this disk: nothing may be in it that is in no data file. Its newest
/// claim stays, and keeps out whoever wrote it before.
async fn leave(
    config: &Config,
    directory: &Directory,
    catalog: &Catalog,
    data_path: &str,
    now_nanos: i64,
) -> Result<(), Error> {
    let refused = |path, reason: &str| Error::Mismatch {
        path,
        reason: reason.to_owned(),
    };
    let Some(objects) = &config.objects else {
        let reason =
            "the log of this catalog is in the object store: name that, or say `--log object`";
        return Err(refused(directory.log(), reason));
    };
    if !directory.log_id()?.1 {
        let reason = "this log was used before, and that of the catalog is in the object store: name a new directory, or \
                      say `--log object`";
        return Err(refused(directory.log(), reason));
    }
    let (chain, _) = catalog.own_with_log(data_path, now_nanos).await?;
    let (log, last_seq) = ObjectLog::open(objects, &chain, config.log.clone()).await?;
    if last_seq > catalog.wal_seq().await? {
        let reason = "this log has records that are in no data file yet; start with `--log object` once more, end that \
                      server with SIGTERM, which flushes, and come again";
        return Err(refused(objects.shown(SLOTS).into(), reason));
    }
    log.leave(catalog).await
}

/// Checks that log and catalog fit together.
fn reconcile(catalog: &Path, first_seq: u64, committed_seq: u64) -> Result<(), Error> {
    if first_seq > committed_seq + 1 {
        let reason = format!(
            "the catalog has the log's records up to {committed_seq}, but the log begins at {first_seq}; \
             the catalog is older than the log"
        );
        return Err(Error::Mismatch {
            path: catalog.to_owned(),
            reason,
        });
    }
    Ok(())
}

/// The first start with a log in the object store must not leave records behind in one on the disk.
async fn refuse_local(directory: &Directory, catalog: &Catalog) -> Result<(), Error> {
    let path = directory.log();
    let survey = Survey::of(&path)?;
    if survey.last_seq < survey.first_seq || survey.last_seq <= catalog.wal_seq().await? {
        return Ok(());
    }
    Err(Error::Mismatch {
        path,
        reason: "this log has records that are in no data file yet; start with the log on this machine once more, end \
                 that server with SIGTERM, which flushes, and come again"
            .to_owned(),
    })
}

impl Log {
    /// Appends a record in two parts and answers its number once it is durable. When the future is dropped
    /// before it answers, the record may or may not be in the log.
    ///
    /// # Errors
    /// `Exhausted` for a record above the limit, `Unavailable` when the log is closed or has failed.
    pub(crate) async fn append(&self, parts: [Bytes; 2]) -> Result<u64, Error> {
        match self {
            Self::Disk(log) => Ok(log.append_parts(parts).await?),
            Self::Objects(log) => log.append(parts).await,
        }
    }

    /// The records above `after_seq` that are in the log now, in order.
    pub(crate) fn replay(&self, after_seq: u64, quarantine: &Path) -> Replay {
        match self {
            Self::Disk(log) => Replay::Disk(log.replay(after_seq)),
            Self::Objects(log) => Replay::Objects(log.replay(after_seq, quarantine)),
        }
    }

    /// Whether the log stopped for good.
    pub(crate) fn failed(&self) -> bool {
        match self {
            Self::Disk(log) => log.failed(),
            Self::Objects(log) => log.is_taken(),
        }
    }

    /// Whether that is because another process writes it now.
    pub(crate) fn is_taken(&self) -> bool {
        matches!(self, Self::Objects(log) if log.is_taken())
    }

    /// How long the object store has not taken what is on its way to it. A disk answers or fails.
    pub(crate) fn waits(&self) -> Duration {
        match self {
            Self::Disk(_) => Duration::ZERO,
            Self::Objects(log) => log.waits(),
        }
    }

    /// The newest number that is durable; 0 before the first append ever.
    pub(crate) fn last_seq(&self) -> u64 {
        match self {
            Self::Disk(log) => log.last_seq(),
            Self::Objects(log) => log.last_seq(),
        }
    }

    /// What it takes, on disk or in the object store.
    pub(crate) fn bytes(&self) -> u64 {
        match self {
            Self::Disk(log) => log.bytes(),
            Self::Objects(log) => log.bytes(),
        }
    }

    /// Waits until everything queued is durable, and takes nothing more.
    pub(crate) async fn close(&self) {
        match self {
            Self::Disk(log) => log.close().await,
            Self::Objects(log) => log.close().await,
        }
    }
}

/// Records in order. Damage is an item of its own, after which the next intact records follow; any other error is
/// the last item. Blocks, in the object store's case on the runtime: only for a thread that may.
#[derive(Debug)]
pub(crate) enum Replay {
    Disk(wal::Replay),
    Objects(replay::Replay),
}

impl Iterator for Replay {
    type Item = Result<(u64, Bytes), Error>;

    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Disk(replay) => replay.next().map(|record| record.map_err(Error::from)),
            Self::Objects(replay) => replay.next(),
        }
    }
}
