//! The task behind a store: replay, then flush when due, compact what flushes wrote, and by a timer of its own
//! retention and vacuum.

use crate::catalog::DataFile;
use crate::compact::{self, Pace};
use crate::config::nanos;
use crate::flush::{self, Step};
use crate::replay::Plan;
use crate::store::Shared;
use crate::{Error, Request};
use arrow::array::RecordBatch;
use chrono::DateTime;
use model::planted::bug;
use model::span;
use std::fmt::Display;
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use tokio::time::{Interval, MissedTickBehavior};

/// How often the ages are looked at; size wakes the task at once.
const TICK: Duration = Duration::from_secs(1);
/// Between two tries of a compaction that fails again and again.
const COMPACTION_WAIT_MAX: Duration = Duration::from_secs(16 * 60);
/// The same of a flush.
const FLUSH_WAIT_MAX: Duration = Duration::from_secs(16);
/// How long merges share a line of the log.
const MERGES_SHARE_A_LINE: Duration = Duration::from_secs(60);
/// How often the catalog's lock is looked after.
const HOLD_EVERY: Duration = Duration::from_secs(5);

/// Runs until its task is ended, which is safe at any point.
pub(crate) async fn run<D, E>(shared: Arc<Shared>, plan: Plan<D>)
where
    D: Fn(&Request) -> Result<Option<RecordBatch>, E> + Send + Sync + 'static,
    E: Display,
{
    if !plan.run(&shared).await {
        return;
    }
    // Side by side: neither a flush that does not get done nor a long vacuum holds the other up.
    tokio::join!(
        flush_when_due(&shared),
        maintain_when_due(&shared),
        compact_when_due(&shared),
        look_at_the_clock(&shared),
        hold_the_catalog(&shared)
    );
}

/// So that a second process is refused although a connection broke meanwhile.
async fn hold_the_catalog(shared: &Shared) {
    let mut tick = tokio::time::interval(HOLD_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        if let Err(error) = shared.catalog.hold().await {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the catalog does not answer; trying again in {HOLD_EVERY:?}"
            );
        }
    }
}

async fn look_at_the_clock(shared: &Shared) {
    let mut tick = ticks();
    loop {
        tick.tick().await;
        shared.buffer.look(shared.clock.now_nanos());
    }
}

async fn flush_when_due(shared: &Arc<Shared>) {
    let mut tick = ticks();
    let mut wait = TICK;
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            () = shared.wake.notified() => {}
        }
        let Err(error) = flush::flush_due(shared).await else {
            wait = TICK;
            continue;
        };
        shared.counters.flush_failures.add(1);
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "could not flush; trying again in {wait:?}"
        );
        tokio::time::sleep(wait).await;
        wait = (wait * 2).min(FLUSH_WAIT_MAX);
    }
}

/// After open, and when a flush has brought new files.
async fn compact_when_due(shared: &Arc<Shared>) {
    if !shared.config.compaction {
        return;
    }
    let (mut tick, mut wait, mut seen) = (ticks(), TICK, None);
    let mut merged = Merged::default();
    loop {
        tick.tick().await;
        merged.tell(shared);
        let flushes = shared.counters.flushes.get();
        if seen == Some(flushes) {
            continue;
        }
        let Err(error) = compact::compact(shared, Step::Release, Pace::Gentle).await else {
            (wait, seen) = (TICK, Some(flushes));
            continue;
        };
        if matches!(error, Error::Closed) {
            return;
        }
        shared.counters.compaction_failures.add(1);
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "could not compact data files; trying again in {wait:?}"
        );
        tokio::time::sleep(wait).await;
        wait = (wait * 2).min(COMPACTION_WAIT_MAX);
    }
}

/// Merges that the log has a line of. Under load there is one every few seconds: they share a line a minute.
#[derive(Debug, Default)]
struct Merged {
    next_nanos: i64,
    merges: u64,
    files: u64,
    rows: u64,
    bytes: u64,
}

impl Merged {
    fn tell(&mut self, shared: &Shared) {
        let (now_nanos, counters) = (shared.clock.now_nanos(), &shared.counters);
        let now = Self {
            next_nanos: now_nanos.saturating_add(nanos(MERGES_SHARE_A_LINE)),
            merges: counters.compactions.get(),
            files: counters.compacted_files.get(),
            rows: counters.compacted_rows.get(),
            bytes: counters.compacted_bytes.get(),
        };
        if now.merges == self.merges || now_nanos < self.next_nanos {
            return;
        }
        tracing::info!(
            files = now.files - self.files,
            into = now.merges - self.merges,
            rows = now.rows - self.rows,
            bytes = now.bytes - self.bytes,
            "merged data files"
        );
        *self = now;
    }
}

async fn maintain_when_due(shared: &Arc<Shared>) {
    let every_nanos = nanos(shared.config.maintenance_every);
    let mut tick = ticks();
    let mut last_nanos = None;
    loop {
        tick.tick().await;
        let now_nanos = shared.clock.now_nanos();
        // A clock that was set back must not put maintenance off until it is there again.
        let is_early = |last: i64| (last..last.saturating_add(every_nanos)).contains(&now_nanos);
        if last_nanos.is_some_and(is_early) {
            continue;
        }
        last_nanos = Some(now_nanos);
        if let Err(error) = maintain(shared).await {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "could not run maintenance"
            );
        }
    }
}

fn ticks() -> Interval {
    let mut tick = tokio::time::interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    tick
}

/// Drops data files past their age, expires old snapshots, deletes what no snapshot has.
pub(crate) async fn maintain(shared: &Shared) -> Result<(), Error> {
    retire(shared).await?;
    let now_nanos = shared.clock.now_nanos();
    let snapshot_cutoff = now_nanos.saturating_sub(nanos(shared.config.snapshot_age_max));
    shared.catalog.expire(snapshot_cutoff, now_nanos).await?;
    vacuum(
        shared,
        now_nanos.saturating_sub(nanos(shared.config.vacuum_delay)),
    )
    .await
}

/// Retention goes by the time of arrival or of the flush, whichever is later: event times may lie, and
/// the clock may have been wrong at one of the two.
async fn retire(shared: &Shared) -> Result<(), Error> {
    let now_nanos = shared.clock.now_nanos();
    let newest_commit_nanos = shared.catalog.newest_commit_nanos().await?;
    let is_steady = {
        let mut steady = shared.steady.lock().unwrap_or_else(PoisonError::into_inner);
        steady.look(now_nanos, newest_commit_nanos.unwrap_or(now_nanos))
    };
    if !is_steady || bug("store_retention_never") {
        return Ok(());
    }
    let snapshot = shared.catalog.snapshot().await?;
    let (mut retired, mut dropped) = (Vec::new(), Vec::new());
    for (name, table) in &snapshot.tables {
        let mut age = shared.config.retention_of(name);
        if bug("store_retention_too_early") {
            age /= 4;
        }
        let cutoff = now_nanos.saturating_sub(nanos(age));
        let mut of_table = Dropped::default();
        for file in &table.files {
            let arrived = file.max_number(span::SYS_TIME);
            if arrived.is_none_or(|newest| newest >= cutoff) {
                continue;
            }
            let path = format!("{}{}", table.path, file.path);
            let written = shared.place.written_nanos(&path).await?;
            if written.is_none_or(|written| written < cutoff) {
                retired.push((table.id, file.id));
                of_table.add(file);
            }
        }
        dropped.push((name, of_table));
    }
    shared.catalog.retire(&retired, now_nanos).await?;
    for (name, of_table) in dropped {
        of_table.tell(name);
        shared.counters.retired_files.add(of_table.files);
        shared.counters.retired_rows.add(of_table.rows);
    }
    Ok(())
}

/// What retention took of a dataset.
#[derive(Debug, Default)]
struct Dropped {
    files: u64,
    rows: u64,
    /// The first and the last arrival.
    arrived: Option<(i64, i64)>,
}

impl Dropped {
    fn add(&mut self, file: &DataFile) {
        (self.files, self.rows) = (self.files + 1, self.rows + file.rows);
        let oldest = file.min_number(span::SYS_TIME);
        let of_file = oldest.zip(file.max_number(span::SYS_TIME));
        self.arrived = match (self.arrived, of_file) {
            (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
            (known, None) | (None, known) => known,
        };
    }

    fn tell(&self, dataset: &str) {
        let Some((oldest, newest)) = self.arrived.filter(|_| self.files > 0) else {
            return;
        };
        let moment = |nanos| DateTime::from_timestamp_nanos(nanos).to_rfc3339();
        tracing::info!(
            dataset,
            files = self.files,
            rows = self.rows,
            oldest_arrival = moment(oldest),
            newest_arrival = moment(newest),
            "retention dropped data files"
        );
    }
}

/// Deletes the files that were scheduled for it before `cutoff_nanos`, then forgets them.
async fn vacuum(shared: &Shared, cutoff_nanos: i64) -> Result<(), Error> {
    let scheduled = shared.catalog.scheduled(cutoff_nanos).await?;
    if scheduled.is_empty() {
        return Ok(());
    }
    let paths = scheduled.iter().map(|file| file.path.clone()).collect();
    shared.place.remove(paths).await?;
    shared.catalog.forget(&scheduled).await?;
    let gone = scheduled.iter().map(|file| shared.place.shown(&file.path));
    shared.damage.forget(gone);
    shared.counters.vacuumed_files.add(scheduled.len() as u64);
    tracing::info!(
        files = scheduled.len(),
        "deleted data files that no snapshot has any more"
    );
    Ok(())
}
