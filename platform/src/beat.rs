//! The scheduler. It computes the next tick of each schedule from the clock, sleeps, and writes a job for
//! every tick that is due; it never runs one. A job's key is `{schedule}:{tick}`, so that two schedulers
//! by accident write one job. Ticks that were slept through are counted and skipped.

use std::time::{Duration, SystemTime};

use throughline_telemetry::scheduler::{self, Missed, Tick};

use crate::error::Error;
use crate::jobs::Work;
use crate::market::Market;
use crate::queue::{self, When};
use crate::stop::Stop;

struct Schedule {
    work: Work,
    every_seconds: u64,
    /// The same, as people write it.
    expression: &'static str,
}

const SCHEDULES: [Schedule; 5] = [
    Schedule {
        work: Work::ExpireHolds,
        every_seconds: 30,
        expression: "*/30 * * * * *",
    },
    Schedule {
        work: Work::RemindUpcoming,
        every_seconds: 60,
        expression: "0 * * * * *",
    },
    Schedule {
        work: Work::ReconcilePayments,
        every_seconds: 60,
        expression: "0 * * * * *",
    },
    Schedule {
        work: Work::RefillSlots,
        every_seconds: 600,
        expression: "0 */10 * * * *",
    },
    Schedule {
        work: Work::PruneHistory,
        every_seconds: 3_600,
        expression: "0 0 * * * *",
    },
];

/// The schedules of one marketplace, and which of their ticks were fired.
#[derive(Debug)]
pub struct Beat {
    market: Market,
    ticks: [scheduler::Schedule<'static>; SCHEDULES.len()],
}

impl Beat {
    /// The first ticks are those after now.
    pub fn new(market: Market) -> Self {
        let now = market.clock.now().into();
        let ticks = SCHEDULES.each_ref().map(|schedule| {
            let every = Duration::from_secs(schedule.every_seconds);
            scheduler::Schedule::every(schedule.work.name(), schedule.expression, every)
                .missed(Missed::CatchUpOne)
                .after(now)
        });
        Self { market, ticks }
    }

    /// Ticks until the stop.
    pub async fn run(mut self, stop: Stop) {
        loop {
            let now = SystemTime::from(self.market.clock.now());
            let upcoming = self.ticks.iter().filter_map(scheduler::Schedule::upcoming);
            let wait = upcoming
                .min()
                .and_then(|next| next.duration_since(now).ok());
            tokio::select! {
                () = tokio::time::sleep(wait.unwrap_or_default()) => {}
                () = stop.requested() => break,
            }
            self.fire_due().await;
        }
    }

    /// Fires every schedule whose tick has come; returns how many did.
    pub async fn fire_due(&mut self) -> usize {
        let now = self.market.clock.now().into();
        let mut fired = 0;
        for (schedule, ticks) in SCHEDULES.iter().zip(&mut self.ticks) {
            let Some(due) = ticks.due(now) else {
                continue;
            };
            if let Err(error) = fire(&self.market, &schedule.work, &ticks.tick(due)).await {
                tracing::error!(
                    schedule = schedule.work.name(),
                    error = error.chain(),
                    "could not enqueue the tick's job"
                );
            }
            fired += 1;
        }
        fired
    }
}

/// One trace: the tick, the job's insert, and later its run by the worker.
async fn fire(market: &Market, work: &Work, tick: &Tick<'_>) -> Result<(), Error> {
    let now = market.clock.now();
    let enqueue = async {
        let mut write = market.db.begin().await?;
        let when = When {
            key: Some(tick.idempotency_key()),
            now,
            run_at: now,
        };
        queue::enqueue(&market.db, &mut write, work, when).await?;
        write.commit().await?;
        Ok(())
    };
    scheduler::tick(tick, Error::code, enqueue).await
}
