//! Enqueueing: the span covers the insert, and its context is what the job carries.

use std::future::Future;
use std::time::SystemTime;

use opentelemetry::propagation::TextMapPropagator;
use opentelemetry::trace::SpanKind;
use opentelemetry::{Context, KeyValue};

use super::options::{Options, SEND};
use super::{Carrier, DUE_AT_MS, ENQUEUED_AT_MS};
use crate::kit::Kit;
use crate::span::{EdgeSpan, Start, boxed};
use crate::{attrs, clock, kit};

/// A job about to be enqueued. Its arguments are nobody's business here.
#[derive(Clone, Copy, Debug)]
pub struct Job<'a> {
    /// The queue's software, such as `apalis`.
    pub system: &'a str,
    /// The queue's name.
    pub queue: &'a str,
    /// The kind of job, such as `send_confirmation`.
    pub name: &'a str,
    /// Its id, where the sender chooses it; else the id that the insert returns is recorded.
    pub id: Option<&'a str>,
    /// The moment before which it must not run; None when it is to run at once.
    pub due: Option<SystemTime>,
}

/// Enqueues a job under a PRODUCER span `apply_async/<name>`. `insert` is given the carrier to store beside
/// the job and returns the job's id. `kind` names a failure in `error.type`, as in
/// [`consume`](super::consume).
///
/// # Errors
/// Those of `insert`, unchanged; they mark the span as failed. Telemetry adds none of its own.
pub async fn enqueue<E, F, Fut, K>(job: &Job<'_>, kind: K, insert: F) -> Result<String, E>
where
    K: FnOnce(&E) -> &'static str,
    F: FnOnce(Carrier) -> Fut,
    Fut: Future<Output = Result<String, E>>,
{
    enqueue_with(&kit::current().jobs, job, kind, insert).await
}

/// [`enqueue`] with options of your own.
///
/// # Errors
/// As `enqueue`.
pub async fn enqueue_with<E, F, Fut, K>(
    options: &Options,
    job: &Job<'_>,
    kind: K,
    insert: F,
) -> Result<String, E>
where
    K: FnOnce(&E) -> &'static str,
    F: FnOnce(Carrier) -> Fut,
    Fut: Future<Output = Result<String, E>>,
{
    let start = start(options, job);
    produce(start, job, 1, kind, |id| Some(String::clone(id)), insert).await
}

/// Enqueues `count` jobs of one kind with one insert, under one PRODUCER span that says how many. The
/// carrier is to be stored beside each of them.
///
/// # Errors
/// As [`enqueue`].
pub async fn enqueue_batch<T, E, F, Fut, K>(
    job: &Job<'_>,
    count: usize,
    kind: K,
    insert: F,
) -> Result<T, E>
where
    K: FnOnce(&E) -> &'static str,
    F: FnOnce(Carrier) -> Fut,
    Fut: Future<Output = Result<T, E>>,
{
    enqueue_batch_with(&kit::current().jobs, job, count, kind, insert).await
}

/// [`enqueue_batch`] with options of your own.
///
/// # Errors
/// As [`enqueue`].
pub async fn enqueue_batch_with<T, E, F, Fut, K>(
    options: &Options,
    job: &Job<'_>,
    count: usize,
    kind: K,
    insert: F,
) -> Result<T, E>
where
    K: FnOnce(&E) -> &'static str,
    F: FnOnce(Carrier) -> Fut,
    Fut: Future<Output = Result<T, E>>,
{
    let mut start = start(options, job);
    let many = i64::try_from(count).unwrap_or(i64::MAX);
    start
        .attributes
        .push(KeyValue::new(attrs::MESSAGING_BATCH_MESSAGE_COUNT, many));
    produce(start, job, count as u64, kind, |_| None, insert).await
}

pub(super) fn start(options: &Options, job: &Job<'_>) -> Start {
    let operation = options.operation(&SEND);
    let mut attributes = vec![
        KeyValue::new(attrs::MESSAGING_SYSTEM, job.system.to_owned()),
        KeyValue::new(attrs::MESSAGING_OPERATION_NAME, operation),
        KeyValue::new(attrs::MESSAGING_OPERATION_TYPE, "send"),
        KeyValue::new(attrs::MESSAGING_DESTINATION_NAME, job.queue.to_owned()),
        KeyValue::new(attrs::JOB_NAME, job.name.to_owned()),
    ];
    if let Some(id) = job.id {
        attributes.push(KeyValue::new(attrs::MESSAGING_MESSAGE_ID, id.to_owned()));
    }
    Start {
        name: options.span_name(&SEND, job.name, job.queue).into(),
        kind: SpanKind::Producer,
        attributes,
        links: Vec::new(),
    }
}

/// The span around an `insert` of so many jobs. `id` finds the job's id in what the insert returned.
pub(super) async fn produce<T, E, F, Fut>(
    start: Start,
    job: &Job<'_>,
    count: u64,
    kind: impl FnOnce(&E) -> &'static str,
    id: impl FnOnce(&T) -> Option<String>,
    insert: F,
) -> Result<T, E>
where
    F: FnOnce(Carrier) -> Fut,
    Fut: Future<Output = Result<T, E>>,
{
    let kit = kit::current();
    let span = EdgeSpan::start(&kit, start, &Context::current());
    let carrier = carrier(&kit, span.context(), job);
    // Called inside the span as well: an insert may do its work before its first await.
    let (span, result) = span.run(boxed(async move { insert(carrier).await })).await;
    let mut measured = super::measured(job.system, job.queue, job.name);
    match &result {
        Ok(inserted) => {
            if let Some(id) = id(inserted) {
                span.set(attrs::MESSAGING_MESSAGE_ID, id);
            }
        }
        Err(error) => {
            let kind = kind(error);
            span.fail(kind);
            measured.push(KeyValue::new(attrs::ERROR_TYPE, kind));
        }
    }
    if let Some(metrics) = &kit.metrics {
        metrics.jobs_sent.add(count, &measured);
    }
    span.end();
    result
}

fn carrier(kit: &Kit, cx: &Context, job: &Job<'_>) -> Carrier {
    let mut carrier = Carrier::new();
    kit.propagator.inject_context(cx, &mut carrier);
    let mut put =
        |key: &str, at| carrier.insert(key.to_owned(), clock::unix_millis(at).to_string());
    put(ENQUEUED_AT_MS, clock::now());
    if let Some(due) = job.due {
        put(DUE_AT_MS, due);
    }
    carrier
}
