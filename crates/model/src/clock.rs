//! The clock. Code that needs the time takes a `Clock`, so that retention and schedules are tested by
//! moving the hands, not by sleeping.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Where the time comes from: the system, or a test's hand-moved clock.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    #[default]
    System,
    /// Nanoseconds since 1970-01-01 UTC, moved by the test.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands still at `nanos` (since 1970-01-01 UTC) until it is moved.
    pub fn fixed(nanos: i64) -> Self {
        Self::Fixed(Arc::new(AtomicI64::new(nanos)))
    }

    /// Nanoseconds since 1970-01-01 UTC; a clock set before 1970 reads as 0.
    pub fn now_nanos(&self) -> i64 {
        match self {
            Self::System => system_nanos(),
            Self::Fixed(nanos) => nanos.load(Ordering::SeqCst),
        }
    }

    /// Moves a fixed clock forward; the system's clock does not listen.
    pub fn advance(&self, nanos: i64) {
        if let Self::Fixed(now) = self {
            now.fetch_add(nanos, Ordering::SeqCst);
        }
    }
}

#[allow(
    clippy::disallowed_methods,
    reason = "this is the door the others go through"
)]
fn system_nanos() -> i64 {
    std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .map_or(0, |elapsed| {
            i64::try_from(elapsed.as_nanos()).unwrap_or(i64::MAX)
        })
}
