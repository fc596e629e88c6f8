//! Whom an edge believes.

use opentelemetry::Context;
use opentelemetry::trace::{SpanContext, TraceContextExt};

/// What an inbound request's trace headers are worth. Anybody can send `traceparent` with the sampled flag
/// and an id of their choice, and so make a service record everything, or spoil somebody else's trace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trust {
    /// The caller is one of us: its trace goes on here, with its sampling decision and its baggage.
    #[default]
    Continue,
    /// The caller is the public: a new trace begins, sampled by our own rules, with a link to the caller's
    /// span by which the two can be found from each other. Its baggage is dropped.
    Link,
    /// The caller's headers are as good as absent: a new trace, no link, no baggage.
    Ignore,
}

impl Trust {
    /// What a request's span starts from: the context to be its parent's, and the span to link to.
    /// `extracted` is what a [`Propagator`](super::Propagator) made of `fresh`, which knows nothing of the
    /// caller.
    pub fn apply(self, fresh: &Context, extracted: &Context) -> (Context, Option<SpanContext>) {
        match self {
            Self::Continue => (extracted.clone(), None),
            Self::Link => (fresh.clone(), caller(extracted)),
            Self::Ignore => (fresh.clone(), None),
        }
    }
}

fn caller(extracted: &Context) -> Option<SpanContext> {
    let span = extracted.span();
    let context = span.span_context();
    (context.is_valid() && context.is_remote()).then(|| context.clone())
}
