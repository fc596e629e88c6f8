//! `traceparent` and `tracestate` together: into a context, and from a context to the next service.

use std::sync::Arc;

use http::HeaderName;
use opentelemetry::Context;
use opentelemetry::propagation::Injector;
use opentelemetry::trace::{SpanContext, TraceContextExt, TraceFlags, TraceId, TraceState};

use super::carrier::Carrier;
use super::traceparent::{self, RANDOM, TraceParent};
use super::tracestate;

pub(super) static TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");
pub(super) static TRACESTATE: HeaderName = HeaderName::from_static("tracestate");

/// What came in beside the ids and has no place in a span's context, kept to be sent on unchanged.
#[derive(Clone, Debug)]
pub(super) struct Incoming {
    pub(super) trace_id: TraceId,
    pub(super) random: bool,
    /// B3's debug flag, which has to reach every service of the trace.
    pub(super) debug: bool,
    pub(super) tracestate: Option<Arc<str>>,
}

impl Incoming {
    /// What is known of that trace. A service that sends two formats names one trace twice.
    pub(super) fn of(cx: &Context, trace_id: TraceId) -> Option<&Self> {
        cx.get::<Self>()
            .filter(|incoming| incoming.trace_id == trace_id)
    }

    /// `cx` with this in it. Without anything to remember it is left out: a value costs three allocations.
    pub(super) fn put(self, cx: &Context) -> Context {
        let plain = self.random && !self.debug && self.tracestate.is_none();
        if plain && cx.get::<Self>().is_none() {
            return cx.clone();
        }
        cx.with_value(self)
    }
}

pub(super) fn extract(cx: &Context, carrier: &Carrier<'_>) -> Option<Context> {
    let parent = TraceParent::parse(carrier.only(&TRACEPARENT)?)?;
    let combined = carrier
        .lines(&TRACESTATE)
        .and_then(|lines| tracestate::combine(lines.as_slice()));
    // The SDK's type refuses some legal members; what it refuses is still sent on from `Incoming`.
    let known: TraceState = combined
        .as_deref()
        .and_then(|raw| raw.parse().ok())
        .unwrap_or_default();
    let incoming = Incoming {
        trace_id: parent.trace_id,
        random: parent.is_random(),
        debug: Incoming::of(cx, parent.trace_id).is_some_and(|known| known.debug),
        tracestate: combined.map(Arc::from),
    };
    let span = SpanContext::new(parent.trace_id, parent.span_id, parent.flags, true, known);
    Some(incoming.put(cx).with_remote_span_context(span))
}

pub(super) fn inject(cx: &Context, carrier: &mut dyn Injector) {
    let span = cx.span();
    let context = span.span_context();
    if !context.is_valid() {
        return;
    }
    let incoming = Incoming::of(cx, context.trace_id());
    let random = match incoming {
        Some(incoming) => incoming.random,
        // A trace that began here has a random id: the SDK's generator draws all 128 bits.
        None => !context.is_remote() || context.trace_flags() & RANDOM == RANDOM,
    };
    let sampled = context.trace_flags() & TraceFlags::SAMPLED;
    let parent = TraceParent {
        trace_id: context.trace_id(),
        span_id: context.span_id(),
        flags: if random { sampled | RANDOM } else { sampled },
    };
    let text = parent.encode();
    carrier.set(
        TRACEPARENT.as_str(),
        String::from_utf8_lossy(&text).into_owned(),
    );
    let state = match incoming.and_then(|incoming| incoming.tracestate.as_deref()) {
        Some(raw) => raw.to_owned(),
        None => context.trace_state().header(),
    };
    if !state.is_empty() {
        carrier.set(TRACESTATE.as_str(), state);
    }
}

/// The `traceparent` of a span, with the flags it has.
pub(super) fn traceparent(context: &SpanContext) -> [u8; traceparent::BYTES] {
    let parent = TraceParent {
        trace_id: context.trace_id(),
        span_id: context.span_id(),
        flags: context.trace_flags() & (TraceFlags::SAMPLED | RANDOM),
    };
    parent.encode()
}
