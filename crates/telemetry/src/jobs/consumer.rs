//! Running a job: each attempt is a span of its own, beside the earlier ones, under the span that enqueued
//! the job.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use opentelemetry::propagation::TextMapPropagator;
use opentelemetry::trace::{SpanContext, SpanKind, TraceContextExt};
use opentelemetry::{Context, KeyValue};

use super::options::{Options, RUN};
use super::{Carrier, DUE_AT_MS, ENQUEUED_AT_MS};
use crate::kit::Kit;
use crate::metrics::Timer;
use crate::span::{EdgeSpan, Start, boxed};
use crate::{attrs, clock, kit};

/// One attempt to run a job.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    /// The queue's software, such as `apalis`.
    pub system: &'a str,
    /// The queue's name.
    pub queue: &'a str,
    /// The kind of job.
    pub name: &'a str,
    /// The job's id, the same in all attempts. Empty when it has none.
    pub message_id: &'a str,
    /// Which run this is, from 1.
    pub attempt: u32,
    /// After how many runs the queue gives up; 0 when that is not known.
    pub max_attempts: u32,
    /// What was stored beside the job.
    pub carrier: &'a Carrier,
}

/// Why an attempt failed. Static text makes one: what kind of failure it was, such as
/// `payment_unavailable`. It is static so that no message, which may hold anything, gets there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failure {
    kind: &'static str,
    gives_up: bool,
}

impl Failure {
    /// A failure after which the queue does not try again, although attempts are left.
    pub fn gives_up(kind: &'static str) -> Self {
        Self {
            kind,
            gives_up: true,
        }
    }
}

impl From<&'static str> for Failure {
    fn from(kind: &'static str) -> Self {
        Self {
            kind,
            gives_up: false,
        }
    }
}

/// Runs one attempt under a CONSUMER span `run/<name>` in the trace of whoever enqueued the job. The
/// context is gone when it returns, however it returns.
///
/// `kind` names a failure in `error.type`, see [`Failure`]. A worker that turns panics and time-outs into
/// errors names them like others.
///
/// An attempt that is dropped before it finishes, by a time-out for instance, is recorded as failed.
///
/// # Errors
/// Those of `work`, unchanged; they mark the span as failed, and `kit.will_retry` when more attempts are
/// left.
///
/// # Panics
/// When `work` does: the panic is recorded and goes on.
pub fn consume<T, E, F, K>(
    attempt: &Attempt<'_>,
    kind: K,
    work: F,
) -> impl Future<Output = Result<T, E>>
where
    F: Future<Output = Result<T, E>>,
    K: FnOnce(&E) -> &'static str,
{
    run(None, attempt, kind, work)
}

/// [`consume`] with options of your own, and failures that say whether the queue gives up.
///
/// # Errors
/// As `consume`.
///
/// # Panics
/// As `consume`.
pub fn consume_with<T, E, F, K, R>(
    options: &Options,
    attempt: &Attempt<'_>,
    kind: K,
    work: F,
) -> impl Future<Output = Result<T, E>>
where
    F: Future<Output = Result<T, E>>,
    K: FnOnce(&E) -> R,
    R: Into<Failure>,
{
    run(Some(options), attempt, kind, work)
}

/// Without options, those of the service.
async fn run<T, E, F, K, R>(
    options: Option<&Options>,
    attempt: &Attempt<'_>,
    kind: K,
    work: F,
) -> Result<T, E>
where
    F: Future<Output = Result<T, E>>,
    K: FnOnce(&E) -> R,
    R: Into<Failure>,
{
    let work = boxed(work);
    let kit = kit::current();
    let times = Times::of(attempt.carrier);
    let measured = || super::measured(attempt.system, attempt.queue, attempt.name);
    if let Some(metrics) = &kit.metrics {
        metrics.jobs_consumed.add(1, &measured());
        if let Some(waited) = times.waited {
            metrics.jobs_wait.record(waited.as_secs_f64(), &measured());
        }
    }
    let mut timer = Timer::start(&kit, |metrics| &metrics.jobs_duration, measured);
    let span = start(&kit, options.unwrap_or(&kit.jobs), attempt, &times);
    let (span, result) = span.run(work).await;
    if let Err(error) = &result {
        let failure: Failure = kind(error).into();
        timer.fail(failure.kind);
        fail(&span, attempt, failure);
    }
    timer.finish();
    span.end();
    result
}

fn start(kit: &Arc<Kit>, options: &Options, attempt: &Attempt<'_>, times: &Times) -> EdgeSpan {
    let fresh = kit::owned_by(kit, &Context::new());
    let sent = kit.propagator.extract_with_context(&fresh, attempt.carrier);
    let continues = options.continues(times.age, times.delayed);
    let ambient = Context::map_current(|cx| cx.span().span_context().clone());
    let sender = sent.span().span_context().clone();
    let links = [
        (!continues).then_some(sender),
        // The span that the worker's loop runs in, if any, only happens to be there.
        Some(ambient),
    ];
    let links = links.into_iter().flatten().filter(SpanContext::is_valid);
    let start = Start {
        name: options.span_name(&RUN, attempt.name, attempt.queue).into(),
        kind: SpanKind::Consumer,
        attributes: attributes(options, attempt, times.waited),
        links: links.collect(),
    };
    EdgeSpan::start(kit, start, if continues { &sent } else { &fresh }).must_finish()
}

fn fail(span: &EdgeSpan, attempt: &Attempt<'_>, failure: Failure) {
    span.fail(failure.kind);
    if attempt.max_attempts > 0 || failure.gives_up {
        let more = attempt.attempt < attempt.max_attempts && !failure.gives_up;
        span.set(attrs::WILL_RETRY, more);
    }
}

fn attributes(options: &Options, attempt: &Attempt<'_>, waited: Option<Duration>) -> Vec<KeyValue> {
    let operation = options.operation(&RUN);
    let mut attributes = vec![
        KeyValue::new(attrs::MESSAGING_SYSTEM, attempt.system.to_owned()),
        KeyValue::new(attrs::MESSAGING_OPERATION_NAME, operation),
        KeyValue::new(attrs::MESSAGING_OPERATION_TYPE, "process"),
        KeyValue::new(attrs::MESSAGING_DESTINATION_NAME, attempt.queue.to_owned()),
        KeyValue::new(attrs::JOB_NAME, attempt.name.to_owned()),
        KeyValue::new(attrs::ATTEMPT, i64::from(attempt.attempt)),
    ];
    if !attempt.message_id.is_empty() {
        let id = attempt.message_id.to_owned();
        attributes.push(KeyValue::new(attrs::MESSAGING_MESSAGE_ID, id));
    }
    if attempt.max_attempts > 0 {
        let max = i64::from(attempt.max_attempts);
        attributes.push(KeyValue::new(attrs::MAX_ATTEMPTS, max));
    }
    if let Some(waited) = waited {
        let millis = i64::try_from(waited.as_millis()).unwrap_or(i64::MAX);
        attributes.push(KeyValue::new(attrs::QUEUE_WAIT_MS, millis));
    }
    attributes
}

/// What the carrier says about time. Clocks of two machines may disagree; less than nothing is nothing.
struct Times {
    /// Since enqueueing.
    age: Option<Duration>,
    /// Since the job could have run.
    waited: Option<Duration>,
    delayed: bool,
}

impl Times {
    fn of(carrier: &Carrier) -> Self {
        let now = clock::unix_millis(clock::now());
        let since = |key| {
            let at: u64 = carrier.get(key)?.parse().ok()?;
            Some(Duration::from_millis(now.saturating_sub(at)))
        };
        let (age, overdue) = (since(ENQUEUED_AT_MS), since(DUE_AT_MS));
        Self {
            age,
            waited: overdue.or(age),
            delayed: overdue.is_some(),
        }
    }
}
