//! Ctrl-C and SIGTERM: asked once, everything is stopped in order; asked twice, at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// The exit code of a command that was interrupted before it was done: 128 + SIGINT, as shells have it.
pub(crate) const INTERRUPTED: u8 = 130;

/// Signals that come so soon after another mean the same.
const SAME_WISH: Duration = Duration::from_millis(500);

/// How often the person asked for an end.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stop(Arc<AtomicUsize>);

impl Stop {
    /// Listens to SIGINT, SIGTERM and SIGHUP from now on.
    pub(crate) fn install() -> Result<Self> {
        let stop = Self::default();
        let count = Arc::clone(&stop.0);
        let mut last: Option<Instant> = None;
        ctrlc::set_handler(move || {
            // Some senders signal the process and then its group, which is one wish and not two.
            if last.is_none_or(|last| last.elapsed() > SAME_WISH) {
                count.fetch_add(1, Ordering::SeqCst);
            }
            last = Some(Instant::now());
        })
        .context("could not listen to Ctrl-C")?;
        Ok(stop)
    }

    pub(crate) fn asked(&self) -> bool {
        self.0.load(Ordering::SeqCst) > 0
    }

    /// Asked more than once: the graceful way takes too long for this person.
    pub(crate) fn insisted(&self) -> bool {
        self.0.load(Ordering::SeqCst) > 1
    }

    /// An error once an end was asked for, so that `?` leaves what is going on.
    pub(crate) fn check(&self) -> Result<()> {
        if self.asked() {
            bail!("interrupted");
        }
        Ok(())
    }
}
