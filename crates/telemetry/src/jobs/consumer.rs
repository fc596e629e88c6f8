//! Running a job: each attempt is a span of its own, beside the earlier ones, under the span that enqueued
//! the job.

use std::future::Future;
use std::time::Duration;

use opentelemetry::propagation::TextMapPropagator;
use opentelemetry::trace::{SpanContext, SpanKind, TraceContextExt};
use opentelemetry::{Context, KeyValue};

use super::{Carrier, ENQUEUED_AT_MS};
use crate::span::{EdgeSpan, Start};
use crate::{attrs, clock, kit};

/// Up to this age an attempt is a child of the sender's span. An older one starts a trace that links back:
/// as a child it would stretch the sender's trace over hours.
const PARENT_AGE_MAX: Duration = Duration::from_secs(600);

/// One attempt to run a job.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    /// The queue's software, such as `apalis`.
    pub system: &'a str,
    /// The queue's name.
    pub queue: &'a str,
    /// The kind of job.
    pub name: &'a str,
    /// The job's id, the same in all attempts.
    pub message_id: &'a str,
    /// Which run this is, from 1.
    pub attempt: u32,
    /// After how many runs the queue gives up.
    pub max_attempts: u32,
    /// What was stored beside the job.
    pub carrier: &'a Carrier,
}

/// Runs one attempt under a CONSUMER span `run/<name>` in the trace of whoever enqueued the job. The
/// context is gone when it returns, however it returns.
///
/// `kind` names a failure in `error.type`, such as `payment_unavailable`. It is static text, so that no
/// message, which may hold anything, gets there. A worker that turns panics and time-outs into errors names
/// them like others.
///
/// An attempt that is dropped before it finishes, by a time-out for instance, is recorded as failed.
///
/// # Errors
/// Those of `work`, unchanged; they mark the span as failed, and `kit.will_retry` when more attempts are
/// left.
///
/// # Panics
/// When `work` does: the panic is recorded and goes on.
pub async fn consume<T, E, F, K>(attempt: &Attempt<'_>, kind: K, work: F) -> Result<T, E>
where
    F: Future<Output = Result<T, E>>,
    K: FnOnce(&E) -> &'static str,
{
    let kit = kit::current();
    let fresh = kit::owned_by(&kit, &Context::new());
    let sent = kit.propagator.extract_with_context(&fresh, attempt.carrier);
    let waited = waited(attempt.carrier);
    let old = waited.is_some_and(|age| age > PARENT_AGE_MAX);
    let mut links: Vec<SpanContext> = Vec::new();
    let ambient = Context::map_current(|cx| cx.span().span_context().clone());
    let sender = sent.span().span_context().clone();
    links.extend(Some(sender).filter(|sender| old && sender.is_valid()));
    links.extend(Some(ambient).filter(SpanContext::is_valid));
    let start = Start {
        name: format!("run/{}", attempt.name).into(),
        kind: SpanKind::Consumer,
        attributes: attributes(attempt, waited),
        links,
    };
    let span = EdgeSpan::start(&kit, start, if old { &fresh } else { &sent }).must_finish();
    let (span, result) = span.run(work).await;
    if let Err(error) = &result {
        span.fail(kind(error));
        let will_retry = attempt.attempt < attempt.max_attempts;
        span.set(attrs::WILL_RETRY, will_retry);
    }
    span.end();
    result
}

fn attributes(attempt: &Attempt<'_>, waited: Option<Duration>) -> Vec<KeyValue> {
    let mut attributes = vec![
        KeyValue::new(attrs::MESSAGING_SYSTEM, attempt.system.to_owned()),
        KeyValue::new(attrs::MESSAGING_OPERATION_NAME, "run"),
        KeyValue::new(attrs::MESSAGING_OPERATION_TYPE, "process"),
        KeyValue::new(attrs::MESSAGING_DESTINATION_NAME, attempt.queue.to_owned()),
        KeyValue::new(attrs::MESSAGING_MESSAGE_ID, attempt.message_id.to_owned()),
        KeyValue::new(attrs::JOB_NAME, attempt.name.to_owned()),
        KeyValue::new(attrs::ATTEMPT, i64::from(attempt.attempt)),
        KeyValue::new(attrs::MAX_ATTEMPTS, i64::from(attempt.max_attempts)),
    ];
    if let Some(waited) = waited {
        let millis = i64::try_from(waited.as_millis()).unwrap_or(i64::MAX);
        attributes.push(KeyValue::new(attrs::QUEUE_WAIT_MS, millis));
    }
    attributes
}

/// How long ago the job was enqueued. Clocks of two machines may disagree; less than nothing is nothing.
fn waited(carrier: &Carrier) -> Option<Duration> {
    let enqueued: u64 = carrier.get(ENQUEUED_AT_MS)?.parse().ok()?;
    Some(Duration::from_millis(
        clock::unix_millis(clock::now()).saturating_sub(enqueued),
    ))
}
