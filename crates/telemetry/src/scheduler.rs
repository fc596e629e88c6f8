//! The ticks of a schedule. Each is a trace of its own, whether the scheduler runs alone or inside a
//! worker; jobs enqueued during the tick belong to it.

use std::future::Future;
use std::time::{Duration, SystemTime};

use opentelemetry::trace::SpanKind;
use opentelemetry::{Context, KeyValue};

use crate::span::{EdgeSpan, Start};
use crate::{attrs, clock, kit};

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
    let kit = kit::current();
    let lag_ms = i64::try_from(tick.lag.as_millis()).unwrap_or(i64::MAX);
    let start = Start {
        name: format!("tick {}", tick.name).into(),
        kind: SpanKind::Internal,
        attributes: vec![
            KeyValue::new(attrs::SCHEDULE_NAME, tick.name.to_owned()),
            KeyValue::new(attrs::SCHEDULE_EXPRESSION, tick.expression.to_owned()),
            KeyValue::new(attrs::SCHEDULE_TICK, clock::rfc3339(tick.at)),
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
