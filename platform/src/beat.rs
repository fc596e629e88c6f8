//! The scheduler. It computes the next tick of each schedule from the clock, sleeps, and writes a job for
//! every tick that is due; it never runs one. A job's key is `{schedule}:{tick}`, so that two schedulers
//! by accident write one job. Ticks that were slept through are counted and skipped.

use std::time::{Duration, SystemTime};

use throughline_telemetry::scheduler;

use crate::clock::Moment;
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

/// The schedules of one marketplace and when each comes next.
#[derive(Debug)]
pub struct Beat {
    market: Market,
    next: [Moment; SCHEDULES.len()],
}

impl Beat {
    /// The first ticks are those after now.
    pub fn new(market: Market) -> Self {
        let now = market.clock.now();
        let next = SCHEDULES
            .each_ref()
            .map(|schedule| last_tick(schedule, now).after(schedule.every()));
        Self { market, next }
    }

    /// Ticks until the stop.
    pub async fn run(mut self, stop: Stop) {
        loop {
            let now = self.market.clock.now();
            let wait = self
                .next
                .iter()
                .map(|next| next.since(now))
                .min()
                .unwrap_or_default();
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                () = stop.requested() => break,
            }
            self.fire_due().await;
        }
    }

    /// Fires every schedule whose tick has come; returns how many did.
    pub async fn fire_due(&mut self) -> usize {
        let now = self.market.clock.now();
        let mut fired = 0;
        for (schedule, next) in SCHEDULES.iter().zip(&mut self.next) {
            if *next > now {
                continue;
            }
            let tick = last_tick(schedule, now);
            let missed = tick.since(*next).as_secs() / schedule.every_seconds;
            *next = tick.after(schedule.every());
            if let Err(error) = fire(&self.market, schedule, tick, missed).await {
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

impl Schedule {
    fn every(&self) -> Duration {
        Duration::from_secs(self.every_seconds)
    }
}

/// The newest multiple of the schedule's interval that is not after `now`.
fn last_tick(schedule: &Schedule, now: Moment) -> Moment {
    let every = i64::try_from(schedule.every().as_millis()).unwrap_or(i64::MAX);
    Moment::from_millis(now.millis() - now.millis().rem_euclid(every))
}

/// One trace: the tick, the job's insert, and later its run by the worker.
async fn fire(market: &Market, schedule: &Schedule, at: Moment, missed: u64) -> Result<(), Error> {
    let name = schedule.work.name();
    let now = market.clock.now();
    let tick = scheduler::Tick {
        name,
        expression: schedule.expression,
        at: SystemTime::UNIX_EPOCH + at.since(Moment::from_millis(0)),
        lag: now.since(at),
        missed,
    };
    let enqueue = async {
        let mut write = market.db.begin().await?;
        let key = format!("{name}:{}", at.millis() / 1_000);
        queue::enqueue(
            &market.db,
            &mut write,
            &schedule.work,
            When {
                key: Some(key),
                now,
                run_at: now,
            },
        )
        .await?;
        write.commit().await?;
        Ok(())
    };
    scheduler::tick(&tick, Error::code, enqueue).await
}
