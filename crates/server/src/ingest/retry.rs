//! When a refused client is to come back: when there is likely room, and not all clients at once.

use crate::spread;
use crate::status::Reason;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

const JITTER: f64 = 0.2;
const SECONDS_MIN: f64 = 1.0;
const SECONDS_MAX: f64 = 30.0;
/// For a person or a retention to make room on a disk.
const DISK_SECONDS: f64 = 20.0;

/// Counts refusals, so that successive ones get different delays.
#[derive(Debug, Default)]
pub(super) struct Retry(AtomicU64);

impl Retry {
    /// The delay after a refusal for `reason`; `backlog_seconds` is how long the backlog takes to drain,
    /// where that is known.
    pub(super) fn after(&self, reason: Reason, backlog_seconds: Option<f64>) -> Duration {
        let number = self.0.fetch_add(1, Ordering::Relaxed);
        // A moment, in four steps.
        let moment = 1.0 + (number % 4) as f64;
        let seconds = match reason {
            Reason::BufferFull | Reason::LogFull => backlog_seconds.unwrap_or(moment),
            Reason::DiskFull => DISK_SECONDS,
            _ => moment,
        };
        let seconds = seconds.clamp(SECONDS_MIN, SECONDS_MAX);
        let spread = spread::around(Duration::from_secs_f64(seconds), JITTER, number);
        spread.clamp(
            Duration::from_secs_f64(SECONDS_MIN),
            Duration::from_secs_f64(SECONDS_MAX),
        )
    }
}
