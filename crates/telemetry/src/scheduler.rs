//! The ticks of a schedule. Each is a trace of its own, whether the scheduler runs alone or inside a
//! worker; jobs enqueued during the tick belong to it.
//!
//! [`Schedule`](crate::scheduler::Schedule) says from the wall clock which tick is due, [`run`](crate::scheduler::run) is the loop around it, [`tick`](crate::scheduler::tick) is for
//! schedulers that have a loop of their own.
//!
//! ```no_run
//! # async fn begin(interrupted: impl Future<Output = ()>) {
//! use std::time::Duration;
//! use throughline_telemetry::scheduler::{self, Missed, Schedule, Tick};
//!
//! async fn enqueue(tick: Tick<'_>) -> Result<(), std::io::Error> {
//!     let key = tick.idempotency_key(); // of two schedulers by accident, one writes the job
//!     // … enqueue the job `tick.name`; never run it here
//! #   Ok(())
//! }
//! let mut schedules = [
//!     Schedule::every("expire_holds", "*/30 * * * * *", Duration::from_secs(30)),
//!     Schedule::every("report", "0 0 3 * * *", Duration::from_secs(86_400)).missed(Missed::CatchUpOne),
//! ];
//! scheduler::run(&mut schedules, interrupted, |_| "queue_unavailable", enqueue).await;
//! # }
//! ```

use std::future::Future;
use std::time::{Duration, SystemTime};

use opentelemetry::trace::SpanKind;
use opentelemetry::{Context, KeyValue};

use crate::span::{EdgeSpan, Start, boxed};
use crate::{attrs, clock, kit};

/// The loop that fires schedules.
mod run;
/// Which tick is due, as a function of the time.
mod schedule;

pub use run::run;
pub use schedule::{Due, Missed, Schedule};

/// One moment at which a schedule was due.
#[derive(Clone, Copy, Debug)]
pub struct Tick<'a> {
    /// What is scheduled, such as `expire_holds`.
    pub name: &'a str,
    /// When: the cron expression.
    pub expression: &'a str,
    /// The moment itself.
    pub at: SystemTime,
    /// How late it runs.
    pub lag: Duration,
    /// How many earlier ticks were skipped because they came too late.
    pub missed: u64,
}

impl Tick<'_> {
    /// `{name}:{unix seconds}`: the same in every scheduler that fires this tick, so that a queue which
    /// refuses a second job with the same key gets one. Ticks less than a second apart share keys.
    pub fn idempotency_key(&self) -> String {
        format!("{}:{}", self.name, clock::unix_millis(self.at) / 1_000)
    }
}

/// Runs the work of one tick under a root span `tick <name>`. `kind` names a failure in `error.type`, as in
/// [`jobs::consume`](crate::jobs::consume).
///
/// # Errors
/// Those of `work`, unchanged; they mark the span as failed.
pub async fn tick<T, E, F, K>(tick: &Tick<'_>, kind: K, work: F) -> Result<T, E>
where
    F: Future<Output = Result<T, E>>,
    K: FnOnce(&E) -> &'static str,
{
    let work = boxed(work);
    let kit = kit::current();
    let lag_ms = i64::try_from(tick.lag.as_millis()).unwrap_or(i64::MAX);
    let start = Start {
        name: format!("tick {}", tick.name).into(),
        kind: SpanKind::Internal,
        attributes: vec![
            KeyValue::new(attrs::SCHEDULE_NAME, tick.name.to_owned()),
            KeyValue::new(attrs::SCHEDULE_EXPRESSION, tick.expression.to_owned()),
            KeyValue::new(attrs::SCHEDULE_TICK, clock::rfc3339(tick.at)),
            KeyValue::new(attrs::SCHEDULE_IDEMPOTENCY_KEY, tick.idempotency_key()),
            KeyValue::new(attrs::SCHEDULE_LAG_MS, lag_ms),
            KeyValue::new(
                attrs::SCHEDULE_MISSED,
                i64::try_from(tick.missed).unwrap_or(i64::MAX),
            ),
        ],
        links: Vec::new(),
    };
    // From an empty context: whatever span surrounds the scheduler's loop must not collect the ticks.
    let span = EdgeSpan::start(&kit, start, &kit::owned_by(&kit, &Context::new()));
    let (span, result) = span.run(work).await;
    if let Err(error) = &result {
        span.fail(kind(error));
    }
    span.end();
    result
}
