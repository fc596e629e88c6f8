//! The time's one door. Whatever needs the time takes a `Clock`, so that a test lets a hold expire by
//! moving the hands.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Serialize, Serializer};

/// Where the time comes from: the system, or a test's hand-moved clock.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    #[default]
    System,
    /// Milliseconds since 1970-01-01 UTC, moved by the test.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `millis` (since 1970-01-01 UTC) until it is moved.
    pub fn fixed(millis: i64) -> Self {
        Self::Fixed(Arc::new(AtomicI64::new(millis)))
    }

    pub fn now(&self) -> Moment {
        match self {
            Self::System => Moment(chrono::Utc::now().timestamp_millis()),
            Self::Fixed(millis) => Moment(millis.load(Ordering::SeqCst)),
        }
    }

    /// Moves a fixed clock forward; the system's does not listen.
    pub fn advance(&self, by: Duration) {
        if let Self::Fixed(millis) = self {
            millis.fetch_add(millis_of(by), Ordering::SeqCst);
        }
    }
}

/// A point in time, UTC, to the millisecond. JSON shows it as RFC 3339.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, sqlx::Type)]
#[sqlx(transparent)]
pub struct Moment(i64);

impl Moment {
    pub(crate) fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    pub fn millis(self) -> i64 {
        self.0
    }

    pub(crate) fn after(self, delay: Duration) -> Self {
        Self(self.0.saturating_add(millis_of(delay)))
    }

    pub(crate) fn before(self, delay: Duration) -> Self {
        Self(self.0.saturating_sub(millis_of(delay)))
    }

    /// How long from `earlier` until this moment; zero when it lies before.
    pub(crate) fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    pub(crate) fn rfc3339(self) -> String {
        chrono::DateTime::from_timestamp_millis(self.0)
            .unwrap_or_default()
            .to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
    }
}

impl From<Moment> for SystemTime {
    fn from(at: Moment) -> Self {
        UNIX_EPOCH + at.since(Moment::from_millis(0))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.rfc3339())
    }
}

fn millis_of(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
