//! Limits, sizes and ages of a store. All of them have a default that suits a small server.

/// Places that are not on this machine.
mod remote;

pub use remote::{CatalogUrl, Objects, Patience};

use crate::Error;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

/// How a store behaves, and where it lives.
#[derive(Clone, Debug)]
pub struct Config {
    /// Everything is under this directory but what the next three say; it is created when absent.
    pub data_dir: PathBuf,
    /// The data files are in an object store instead.
    pub objects: Option<Objects>,
    /// The catalog is in PostgreSQL instead.
    pub catalog: Option<CatalogUrl>,
    /// The log is in the object store, too. Needs both of the above.
    pub log_in_objects: bool,
    /// A data file whose newest row arrived longer ago than this is dropped. After a jump of the clock
    /// by more than a day, or back, nothing is dropped for a day.
    pub retention: Duration,
    /// Other ages for single datasets, by their name.
    pub retention_of: BTreeMap<String, Duration>,
    /// A flush is due when this many rows are buffered; a data file has no more rows than this, unless
    /// a single request has.
    pub flush_rows_max: usize,
    /// A flush is due when the buffered rows take this much memory.
    pub flush_bytes_max: usize,
    /// A flush is due when a row has been buffered for this long.
    pub flush_age_max: Duration,
    /// Above this an append is refused as `Unavailable`.
    pub buffer_bytes_max: usize,
    /// Memory for the digests of recent requests, by which one that is sent again is recognised. Above
    /// this the oldest are forgotten before their ten minutes are over. About 30 to 55 bytes each: the
    /// default is enough for 3,000 requests a second.
    pub resend_bytes_max: usize,
    /// So long an append waits for a flush to make room in the buffer.
    pub buffer_wait_max: Duration,
    /// Above this a request that names a new dataset is refused as `Exhausted`.
    pub datasets_max: usize,
    /// Whether small data files are compacted into large ones without being asked.
    pub compaction: bool,
    /// Data files are merged into files of at most so many rows ...
    pub compacted_rows_max: u64,
    /// ... and bytes; one of a quarter of either is never written again.
    pub compacted_bytes_max: u64,
    /// The newest rows of what is merged arrived within this time, or a small part of the retention, so that
    /// a large file is dropped hardly later than the small ones were.
    pub compacted_age_max: Duration,
    /// Nothing is merged that would leave less of the disk.
    pub compaction_free_bytes_min: u64,
    /// How often retention, expiry and vacuum run.
    pub maintenance_every: Duration,
    /// Snapshots older than this are expired; until then other engines can query them.
    pub snapshot_age_max: Duration,
    /// A dropped data file is deleted this long after it was dropped: longer than any query runs.
    pub vacuum_delay: Duration,
    /// Memory for the footers of data files, so that a query need not read them again.
    pub footer_cache_bytes_max: usize,
    /// Memory for the data files' own indexes: one to three bytes a trace, so that a trace is found by its id
    /// without a look at the files that have it not.
    pub index_cache_bytes_max: usize,
    /// The log's own limits. Of one in the object store those of a record, of a group and of the queue hold.
    pub log: wal::Config,
}

const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);

impl Default for Config {
    fn default() -> Self {
        Self {
            data_dir: PathBuf::from("throughline-data"),
            objects: None,
            catalog: None,
            log_in_objects: false,
            retention: 30 * 24 * HOUR,
            retention_of: BTreeMap::new(),
            flush_rows_max: 512 << 10,
            flush_bytes_max: 64 << 20,
            flush_age_max: 10 * MINUTE,
            buffer_bytes_max: 256 << 20,
            buffer_wait_max: Duration::from_secs(1),
            resend_bytes_max: 64 << 20,
            datasets_max: 100,
            compaction: true,
            compacted_rows_max: 1 << 20,
            compacted_bytes_max: 96 << 20,
            compacted_age_max: 24 * HOUR,
            compaction_free_bytes_min: 512 << 20,
            maintenance_every: 10 * MINUTE,
            snapshot_age_max: HOUR,
            vacuum_delay: HOUR,
            footer_cache_bytes_max: 32 << 20,
            index_cache_bytes_max: 64 << 20,
            log: wal::Config::default(),
        }
    }
}

impl Config {
    /// How long the rows of a dataset are kept.
    pub(crate) fn retention_of(&self, dataset: &str) -> Duration {
        *self.retention_of.get(dataset).unwrap_or(&self.retention)
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        let at_least_one = [
            ("retention", self.retention.as_secs() as usize),
            ("flush_rows_max", self.flush_rows_max),
            ("flush_bytes_max", self.flush_bytes_max),
            ("datasets_max", self.datasets_max),
            ("compacted_rows_max", self.compacted_rows_max as usize),
            ("compacted_bytes_max", self.compacted_bytes_max as usize),
        ];
        if let Some((setting, _)) = at_least_one.into_iter().find(|(_, value)| *value == 0) {
            return Err(Error::Config {
                setting,
                reason: "must be at least 1",
            });
        }
        if self.log_in_objects && (self.objects.is_none() || self.catalog.is_none()) {
            return Err(Error::Config {
                setting: "log",
                reason: "can be in the object store only when the data files are there and the catalog is in PostgreSQL",
            });
        }
        if self.buffer_bytes_max < self.flush_bytes_max {
            return Err(Error::Config {
                setting: "buffer_bytes_max",
                reason: "must not be below flush_bytes_max",
            });
        }
        Ok(())
    }
}

/// As the clock counts.
pub(crate) fn nanos(duration: Duration) -> i64 {
    i64::try_from(duration.as_nanos()).unwrap_or(i64::MAX)
}
