//! Whether the clock may be trusted with a deletion.
//!
//! Retention deletes by the wall clock, and a wall clock can be wrong by years: a dead battery, a bad time
//! server, a restored machine. So it is watched from one maintenance to the next. When it went back, or
//! forward by more than a day, nothing is retired until it has gone on for a day from there without
//! another such jump: time for a person to see the warning. The first look compares with the newest
//! commit, so a store that was off for more than a day also waits for one.
//!
//! What this does not catch: the wait is not kept over a restart, and a clock that was wrong when the
//! newest commit was made and still is looks steady after it.

pub(crate) const DAY_NANOS: i64 = 24 * 60 * 60 * 1_000_000_000;

/// What was seen of the clock.
#[derive(Debug, Default)]
pub(crate) struct Steady {
    /// By the last look.
    seen_nanos: Option<i64>,
    /// Until then nothing is retired.
    wait_nanos: Option<i64>,
}

impl Steady {
    /// Looks at the clock: whether it may be trusted now. `newest_commit_nanos` stands in for the last
    /// look at the first.
    pub(crate) fn look(&mut self, now_nanos: i64, newest_commit_nanos: i64) -> bool {
        let last = self.seen_nanos.unwrap_or(newest_commit_nanos);
        self.seen_nanos = Some(now_nanos);
        if !(last..=last.saturating_add(DAY_NANOS)).contains(&now_nanos) {
            let jump_seconds = now_nanos.saturating_sub(last) / 1_000_000_000;
            tracing::warn!(
                jump_seconds,
                "the clock jumped, or nothing ran for long; nothing is retired for a day"
            );
            self.wait_nanos = Some(now_nanos.saturating_add(DAY_NANOS));
        }
        self.wait_nanos.is_none_or(|until| now_nanos >= until)
    }
}
