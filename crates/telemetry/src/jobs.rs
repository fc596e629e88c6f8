//! Background jobs of any queue: the trace goes with the job, in whatever text map the queue keeps beside
//! it, and every attempt to run the job shows up in the trace that enqueued it.
//!
//! Span names are those of Celery, which this kit's first users came from; attributes are OpenTelemetry's.

use std::collections::HashMap;

/// The worker's side: one CONSUMER span for each attempt.
mod consumer;
/// The sender's side: a PRODUCER span around the insert.
mod producer;

pub use consumer::{Attempt, consume};
pub use producer::{Job, enqueue};

/// What is stored beside a job: `traceparent`, `tracestate`, `baggage` and when it was enqueued. Keys that
/// are missing or garbled cost the connection to the sender's trace, nothing else.
pub type Carrier = HashMap<String, String>;

/// Milliseconds since 1970-01-01 UTC at which the job was enqueued.
pub(crate) const ENQUEUED_AT_MS: &str = "kit.enqueued_at_ms";
