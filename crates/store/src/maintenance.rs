//! The task behind a store: replay, then flush when due, compact what flushes wrote, and by a timer of its own
//! retention and vacuum.

use crate::compact::{self, Pace};
use crate::config::nanos;
use crate::flush::{self, Step};
use crate::replay::Plan;
use crate::store::Shared;
use crate::{Error, Request, data_file};
use arrow::array::RecordBatch;
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
        look_at_the_clock(&shared)
    );
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
    loop {
        tick.tick().await;
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
pub(crate) async fn maintain(shared: &Arc<Shared>) -> Result<(), Error> {
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
    if !is_steady {
        return Ok(());
    }
    let snapshot = shared.catalog.snapshot().await?;
    let mut retired = Vec::new();
    for (name, table) in &snapshot.tables {
        let cutoff = now_nanos.saturating_sub(nanos(shared.config.retention_of(name)));
        let directory = shared.directory.data().join(&table.path);
        let old = table.files.iter().filter(|file| {
            file.max_number(span::SYS_TIME)
                .is_some_and(|newest| newest < cutoff)
                && data_file::written_nanos(&directory.join(&file.path))
                    .is_none_or(|written| written < cutoff)
        });
        retired.extend(old.map(|file| (table.id, file.id)));
    }
    shared.catalog.retire(&retired, now_nanos).await?;
    shared.counters.retired_files.add(retired.len() as u64);
    Ok(())
}

/// Deletes the files that were scheduled for it before `cutoff_nanos`, then forgets them.
async fn vacuum(shared: &Arc<Shared>, cutoff_nanos: i64) -> Result<(), Error> {
    let scheduled = shared.catalog.scheduled(cutoff_nanos).await?;
    if scheduled.is_empty() {
        return Ok(());
    }
    let store = Arc::clone(shared);
    let deleted = tokio::task::spawn_blocking(move || -> Result<_, Error> {
        for file in &scheduled {
            data_file::remove(&store.directory.data().join(&file.path))?;
        }
        Ok(scheduled)
    })
    .await??;
    shared.catalog.forget(&deleted).await?;
    shared.counters.vacuumed_files.add(deleted.len() as u64);
    Ok(())
}
