//! Enqueueing: the span covers the insert, and its context is what the job carries.

use std::future::Future;

use opentelemetry::propagation::TextMapPropagator;
use opentelemetry::trace::SpanKind;
use opentelemetry::{Context, KeyValue};

use super::{Carrier, ENQUEUED_AT_MS};
use crate::span::{EdgeSpan, Start};
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
    let kit = kit::current();
    let start = Start {
        name: format!("apply_async/{}", job.name).into(),
        kind: SpanKind::Producer,
        attributes: vec![
            KeyValue::new(attrs::MESSAGING_SYSTEM, job.system.to_owned()),
            KeyValue::new(attrs::MESSAGING_OPERATION_NAME, "apply_async"),
            KeyValue::new(attrs::MESSAGING_OPERATION_TYPE, "send"),
            KeyValue::new(attrs::MESSAGING_DESTINATION_NAME, job.queue.to_owned()),
            KeyValue::new(attrs::JOB_NAME, job.name.to_owned()),
        ],
        links: Vec::new(),
    };
    let span = EdgeSpan::start(&kit, start, &Context::current());
    if let Some(id) = job.id {
        span.set(attrs::MESSAGING_MESSAGE_ID, id.to_owned());
    }
    let mut carrier = Carrier::new();
    kit.propagator.inject_context(span.context(), &mut carrier);
    carrier.insert(
        ENQUEUED_AT_MS.to_owned(),
        clock::unix_millis(clock::now()).to_string(),
    );
    // Called inside the span as well: an insert may do its work before its first await.
    let (span, result) = span.run(async move { insert(carrier).await }).await;
    match &result {
        Ok(id) => span.set(attrs::MESSAGING_MESSAGE_ID, id.clone()),
        Err(error) => span.fail(kind(error)),
    }
    span.end();
    result
}
