//! Takes jobs from the queue and runs them, a few at a time. Waiting for a job makes no spans; an attempt
//! is one CONSUMER span that continues the trace of whoever enqueued the job.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures::FutureExt;
use throughline_telemetry::jobs;

use crate::error::{Error, ErrorKind, Result};
use crate::jobs::{Work, run as run_work};
use crate::market::Market;
use crate::queue::{self, Claim, QUEUE, SYSTEM};
use crate::stop::Stop;

const HANDS: usize = 2;
const IDLE_WAIT: Duration = Duration::from_millis(250);
/// After an error of the queue itself.
const TROUBLE_WAIT: Duration = Duration::from_secs(2);
const RUN_TIME_MAX: Duration = Duration::from_secs(30);

/// Works until the stop; the jobs in hand are finished first.
pub async fn run(market: Market, stop: Stop) {
    let hands = (0..HANDS).map(|_| work(&market, &stop));
    futures::future::join_all(hands).await;
}

async fn work(market: &Market, stop: &Stop) {
    let worker = uuid::Uuid::now_v7().to_string();
    while !stop.is_requested() {
        let wait = match run_one(market, &worker).await {
            Ok(true) => continue,
            Ok(false) => IDLE_WAIT,
            Err(error) => {
                tracing::error!(error = error.chain(), "could not take a job from the queue");
                TROUBLE_WAIT
            }
        };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = stop.requested() => {}
        }
    }
}

/// Runs every job that is due, and those that become due by that; returns how many attempts it made.
pub async fn run_due(market: &Market) -> anyhow::Result<usize> {
    let mut attempts = 0;
    while run_one(market, "run-due").await? {
        attempts += 1;
    }
    Ok(attempts)
}

/// False when nothing is due.
async fn run_one(market: &Market, worker: &str) -> Result<bool> {
    let Some(claim) = queue::claim(&market.db, worker, market.clock.now()).await? else {
        return Ok(false);
    };
    let carrier = claim.carrier();
    let attempt = jobs::Attempt {
        system: SYSTEM,
        queue: QUEUE,
        name: &claim.name,
        message_id: &claim.id,
        attempt: claim.attempt,
        max_attempts: claim.attempts_max,
        carrier: &carrier,
    };
    // the outcome is in the log, the span and the job's row by now
    let _ = jobs::consume(&attempt, Error::code, attempt_and_settle(market, &claim)).await;
    Ok(true)
}

async fn attempt_and_settle(market: &Market, claim: &Claim) -> Result<()> {
    let outcome = attempt(market, claim).await;
    if let Err(error) = &outcome {
        tracing::warn!(
            job.id = claim.id,
            job.name = claim.name,
            job.attempt = claim.attempt,
            job.attempts_max = claim.attempts_max,
            error = error.chain(),
            "could not finish the job"
        );
    }
    let settled = queue::settle(
        &market.db,
        claim,
        outcome.as_ref().copied(),
        market.clock.now(),
    )
    .await;
    if let Err(error) = settled {
        // the lease will end, and another attempt find the work done
        tracing::error!(
            job.id = claim.id,
            error = Error::from(error).chain(),
            "could not note how the job went"
        );
    }
    outcome
}

async fn attempt(market: &Market, claim: &Claim) -> Result<()> {
    let work = Work::parse(&claim.name, &claim.args)?;
    bounded(RUN_TIME_MAX, run_work(market, &work)).await
}

/// Runs the job; too long and panicking are errors like others.
async fn bounded(time_max: Duration, work: impl Future<Output = Result<()>>) -> Result<()> {
    let running = AssertUnwindSafe(work).catch_unwind();
    match tokio::time::timeout(time_max, running).await {
        Ok(Ok(result)) => result,
        Ok(Err(_panic)) => Err(Error::new(
            ErrorKind::Internal,
            "job_panicked",
            "the job panicked",
        )),
        Err(_elapsed) => Err(Error::unavailable(
            "job_too_slow",
            format!("the job took more than {time_max:?}"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use throughline_telemetry::testing::{self, Recorder};

    use super::*;

    /// What the span of an attempt says of its failure.
    async fn check(work: impl Future<Output = Result<()>>, kind: &str) {
        let recorder = Recorder::default();
        let service = testing::service("worker", &recorder);
        let carrier = jobs::Carrier::new();
        let attempt = jobs::Attempt {
            system: SYSTEM,
            queue: QUEUE,
            name: "expire_holds",
            message_id: "job_1",
            attempt: 1,
            max_attempts: 3,
            carrier: &carrier,
        };
        let work = bounded(Duration::ZERO, work);
        let consumed = service.scope(jobs::consume(&attempt, Error::code, work));
        assert!(consumed.await.is_err());
        let span = recorder.find("run/expire_holds").unwrap();
        assert_eq!(span.attribute("error.type").as_deref(), Some(kind));
    }

    #[tokio::test]
    async fn a_span_tells_a_panic_from_a_slow_job_and_from_an_error() {
        check(async { panic!("a bug") }, "job_panicked").await;
        check(std::future::pending(), "job_too_slow").await;
        let busy = Error::unavailable("database_busy", "could not use the database");
        check(async { Err(busy) }, "database_busy").await;
    }
}
