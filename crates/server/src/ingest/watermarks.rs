//! Where the disk ends: spans are refused before it is full, and before the log has grown beyond its limit.
//! Then queries go on, data files are still written, and a flush or somebody who makes room ends it.
//!
//! Looked at every quarter of a second, and not for every request: what arrives in between fits many times
//! into what is kept free.

use crate::config::Limits;
use crate::status::Reason;
use std::collections::VecDeque;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// What a file system has.
#[derive(Clone, Copy, Debug, Default)]
pub struct Space {
    pub total_bytes: u64,
    /// For those who are not root.
    pub free_bytes: u64,
}

/// Asks the file system that a directory is on.
pub(crate) type Probe = fn(&Path) -> io::Result<Space>;

/// The newest look.
#[derive(Debug)]
pub(crate) struct Watermarks {
    log_bytes_max: u64,
    disk_free_bytes_min: u64,
    disk_free_percent_min: u8,
    level: AtomicU8,
    free_bytes: AtomicU64,
    buffered_rows: AtomicU64,
    drained: Mutex<VecDeque<(Instant, u64)>>,
}

/// Whether spans are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Open = 0,
    DiskFull = 1,
    LogFull = 2,
}

/// Once refusing, a tenth more has to be free: else the level would change with every request.
const RELIEF: f64 = 1.1;
/// Over how long the rate of flushing is taken.
const RATE_OVER: Duration = Duration::from_secs(60);
const SAMPLES_MAX: usize = 300;

/// What the system says of a directory's file system.
///
/// # Errors
/// What the system says.
pub(crate) fn space(directory: &Path) -> io::Result<Space> {
    let found = rustix::fs::statvfs(directory)?;
    Ok(Space {
        total_bytes: found.f_blocks.saturating_mul(found.f_frsize),
        free_bytes: found.f_bavail.saturating_mul(found.f_frsize),
    })
}

impl Watermarks {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            log_bytes_max: limits.log_bytes_max,
            disk_free_bytes_min: limits.disk_free_bytes_min,
            disk_free_percent_min: limits.disk_free_percent_min,
            level: AtomicU8::new(Level::Open as u8),
            free_bytes: AtomicU64::new(0),
            buffered_rows: AtomicU64::new(0),
            drained: Mutex::default(),
        }
    }

    pub(crate) fn level(&self) -> Level {
        match self.level.load(Ordering::Relaxed) {
            1 => Level::DiskFull,
            2 => Level::LogFull,
            _ => Level::Open,
        }
    }

    pub(crate) fn free_bytes(&self) -> u64 {
        self.free_bytes.load(Ordering::Relaxed)
    }

    /// Takes in a new look; a change is logged.
    pub(super) fn look(&self, space: Option<Space>, log_bytes: u64, buffered_rows: u64) {
        self.buffered_rows.store(buffered_rows, Ordering::Relaxed);
        let before = self.level();
        let now = self.judge(before, space, log_bytes);
        if let Some(space) = space {
            self.free_bytes.store(space.free_bytes, Ordering::Relaxed);
        }
        if now == before {
            return;
        }
        self.level.store(now as u8, Ordering::Relaxed);
        let free_bytes = self.free_bytes();
        match now {
            Level::Open => tracing::info!(free_bytes, log_bytes, "spans are taken again"),
            Level::DiskFull => tracing::error!(
                free_bytes,
                "spans are refused: the disk of the data directory is nearly full; make room on it"
            ),
            Level::LogFull => tracing::error!(
                log_bytes,
                log_bytes_max = self.log_bytes_max,
                "spans are refused: the log is at its limit until a flush lets go of some"
            ),
        }
    }

    /// A disk that cannot be asked is not taken for full: a write will tell.
    fn judge(&self, before: Level, space: Option<Space>, log_bytes: u64) -> Level {
        let relief = |level| if before == level { RELIEF } else { 1.0 };
        let low = space.is_some_and(|space| {
            let part = space.total_bytes / 100 * u64::from(self.disk_free_percent_min);
            let reserve = part.min(self.disk_free_bytes_min) as f64;
            (space.free_bytes as f64) < reserve * relief(Level::DiskFull)
        });
        if low {
            return Level::DiskFull;
        }
        if log_bytes as f64 * relief(Level::LogFull) > self.log_bytes_max as f64 {
            return Level::LogFull;
        }
        Level::Open
    }

    /// Takes in how many rows ever left the buffer.
    pub(super) fn drained(&self, rows: u64) {
        let now = Instant::now();
        let mut drained = self.drained.lock().unwrap_or_else(PoisonError::into_inner);
        drained.push_back((now, rows));
        while drained.len() > SAMPLES_MAX
            || drained
                .front()
                .is_some_and(|(then, _)| now.duration_since(*then) > RATE_OVER)
        {
            drained.pop_front();
        }
    }

    /// How long the flush of what was buffered at the last look takes at the pace of the last minute, where
    /// that is known. Refusals are many when there is trouble: they look at nothing themselves.
    pub(super) fn backlog_seconds(&self) -> Option<f64> {
        let rows = self.buffered_rows.load(Ordering::Relaxed);
        let drained = self.drained.lock().unwrap_or_else(PoisonError::into_inner);
        let ((first, before), (last, after)) = (*drained.front()?, *drained.back()?);
        let seconds = last.duration_since(first).as_secs_f64();
        let flushed = after.saturating_sub(before) as f64;
        (flushed > 0.0 && seconds > 0.0).then(|| rows as f64 * seconds / flushed)
    }
}

impl Level {
    /// Why a request is refused at this level, with what its sender is told.
    pub(crate) fn refuses(self) -> Option<(Reason, &'static str)> {
        match self {
            Self::Open => None,
            Self::DiskFull => Some((
                Reason::DiskFull,
                "the server's disk is nearly full; nothing was kept, send it again later",
            )),
            Self::LogFull => Some((
                Reason::LogFull,
                "the server's log is at its limit; nothing was kept, send it again later",
            )),
        }
    }
}
