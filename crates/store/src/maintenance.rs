//! The task behind a store: flush when due, retention, vacuum.

use crate::config::nanos;
use crate::flush::{self, Step};
use crate::store::Shared;
use crate::{Error, data_file};
use model::span;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::MissedTickBehavior;

/// How often the ages are looked at; size wakes the task at once.
const TICK: Duration = Duration::from_secs(1);

/// Runs until its task is ended, which is safe at any point.
pub(crate) async fn run(shared: Arc<Shared>) {
    let mut tick = tokio::time::interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut next_nanos = i64::MIN;
    loop {
        tokio::select! {
            _ = tick.tick() => {}
            () = shared.wake.notified() => {}
        }
        let now_nanos = shared.clock.now_nanos();
        if shared.buffer.is_due(now_nanos, &shared.config)
            && let Err(error) = flush::flush(&shared, Step::Release).await
        {
            shared.counters.flush_failures.add(1);
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "could not flush; trying again"
            );
            tick.tick().await;
        }
        if now_nanos >= next_nanos {
            next_nanos = now_nanos.saturating_add(nanos(shared.config.maintenance_every));
            if let Err(error) = maintain(&shared).await {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "could not run maintenance"
                );
            }
        }
    }
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

/// Retention goes by the time of arrival: event times may lie.
async fn retire(shared: &Shared) -> Result<(), Error> {
    let now_nanos = shared.clock.now_nanos();
    let cutoff = now_nanos.saturating_sub(nanos(shared.config.retention));
    let snapshot = shared.catalog.snapshot().await?;
    let mut retired = Vec::new();
    for table in snapshot.tables.values() {
        let old = table.files.iter().filter(|file| {
            file.max_number(span::SYS_TIME)
                .is_some_and(|newest| newest < cutoff)
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
