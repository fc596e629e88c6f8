//! Background jobs of any queue: the trace goes with the job, in whatever text map the queue keeps beside
//! it, and every attempt to run the job shows up in the trace that enqueued it.
//!
//! Span names are those of Celery, which this kit's first users came from, or those of the conventions:
//! see [`Options`](crate::jobs::Options). Attributes are OpenTelemetry's in both cases. For apalis there is the module `apalis`
//! (feature `apalis`).

use std::collections::HashMap;

use opentelemetry::KeyValue;

use crate::attrs;

/// Workers of apalis 1.0: a layer that makes the spans, and a `push` that sends the context along.
#[cfg(feature = "apalis")]
pub mod apalis;
/// The worker's side: one CONSUMER span for each attempt.
mod consumer;
/// What spans are called and when a trace goes on.
mod options;
/// The sender's side: a PRODUCER span around the insert.
mod producer;

pub use consumer::{Attempt, Failure, consume, consume_with};
pub use options::{Names, Options, Parent};
pub use producer::{Job, enqueue, enqueue_batch, enqueue_batch_with, enqueue_with};

/// What is stored beside a job: `traceparent`, `tracestate`, `baggage`, when it was enqueued, and for when
/// if it is delayed. Keys that are missing or garbled cost the connection to the sender's trace, nothing
/// else.
pub type Carrier = HashMap<String, String>;

/// Milliseconds since 1970-01-01 UTC at which the job was enqueued.
pub(crate) const ENQUEUED_AT_MS: &str = "kit.enqueued_at_ms";
/// Milliseconds since 1970-01-01 UTC before which the job must not run. Only delayed jobs have it.
pub(crate) const DUE_AT_MS: &str = "kit.due_at_ms";

/// What the metrics are told of a job.
fn measured(system: &str, queue: &str, name: &str) -> Vec<KeyValue> {
    vec![
        KeyValue::new(attrs::MESSAGING_SYSTEM, system.to_owned()),
        KeyValue::new(attrs::MESSAGING_DESTINATION_NAME, queue.to_owned()),
        KeyValue::new(attrs::JOB_NAME, name.to_owned()),
    ]
}
