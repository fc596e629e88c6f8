//! How a trace crosses a process boundary: W3C Trace Context (Level 2) and Baggage, over any map of text.
//!
//! The SDK's own propagator fails 13 of the 41 tests of the W3C's suite: it reads one of two conflicting
//! headers, accepts ids of any length, loses the random flag and all but the first `tracestate` line.

use std::sync::Arc;

use opentelemetry::Context;
use opentelemetry::propagation::text_map_propagator::FieldIter;
use opentelemetry::propagation::{Extractor, Injector, TextMapPropagator};
use opentelemetry::trace::{SpanContext, TraceContextExt, TraceFlags, TraceId, TraceState};

/// The `traceparent` header: which span calls, and whether it is recorded.
mod traceparent;
/// The `tracestate` header: what other vendors want carried along.
mod tracestate;

use traceparent::TraceParent;

pub(crate) const TRACEPARENT: &str = "traceparent";
pub(crate) const TRACESTATE: &str = "tracestate";
pub(crate) const BAGGAGE: &str = "baggage";

/// The limit of the W3C's Baggage; a longer header is not passed on.
const BAGGAGE_BYTES_MAX: usize = 8192;

/// Which headers are read and written; `OTEL_PROPAGATORS` decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Propagator {
    /// `traceparent` and `tracestate`.
    pub trace_context: bool,
    /// `baggage`, passed on as it came.
    pub baggage: bool,
    fields: Vec<String>,
}

/// What came in beside the ids, kept to be sent on unchanged.
#[derive(Debug)]
struct Incoming {
    trace_id: TraceId,
    random: bool,
    tracestate: Option<String>,
}

/// A baggage header as it came in.
#[derive(Debug)]
struct RawBaggage(Arc<str>);

impl Default for Propagator {
    fn default() -> Self {
        Self::new(true, true)
    }
}

impl Propagator {
    /// A propagator of the given headers.
    pub fn new(trace_context: bool, baggage: bool) -> Self {
        let names = [
            (trace_context, TRACEPARENT),
            (trace_context, TRACESTATE),
            (baggage, BAGGAGE),
        ];
        let fields = names
            .iter()
            .filter(|(on, _)| *on)
            .map(|(_, name)| (*name).to_owned())
            .collect();
        Self {
            trace_context,
            baggage,
            fields,
        }
    }

    fn extract_trace(cx: &Context, carrier: &dyn Extractor) -> Option<Context> {
        // Two headers contradict each other: neither is to be believed.
        let [header] = carrier.get_all(TRACEPARENT)?[..] else {
            return None;
        };
        let parent = TraceParent::parse(header)?;
        let tracestate = carrier
            .get_all(TRACESTATE)
            .and_then(|lines| tracestate::combine(lines.into_iter()));
        let incoming = Incoming {
            trace_id: parent.trace_id,
            random: parent.is_random(),
            tracestate,
        };
        // The SDK's type refuses some legal members; what it refuses is still sent on from `Incoming`.
        let known: TraceState = incoming
            .tracestate
            .as_deref()
            .and_then(|raw| raw.parse().ok())
            .unwrap_or_default();
        let span = SpanContext::new(parent.trace_id, parent.span_id, parent.flags, true, known);
        Some(cx.with_value(incoming).with_remote_span_context(span))
    }

    fn inject_trace(cx: &Context, carrier: &mut dyn Injector) {
        let span = cx.span();
        let context = span.span_context();
        if !context.is_valid() {
            return;
        }
        let incoming = cx
            .get::<Incoming>()
            .filter(|incoming| incoming.trace_id == context.trace_id());
        // A trace that began here has a random id: the SDK's generator draws all 128 bits.
        let random = incoming.is_none_or(|incoming| incoming.random);
        let flags = context.trace_flags().with_sampled(context.is_sampled());
        let parent = TraceParent {
            trace_id: context.trace_id(),
            span_id: context.span_id(),
            flags: if random {
                flags | traceparent::RANDOM
            } else {
                flags & TraceFlags::SAMPLED
            },
        };
        carrier.set(TRACEPARENT, parent.to_string());
        let state = match incoming.and_then(|incoming| incoming.tracestate.clone()) {
            Some(raw) => raw,
            None => context.trace_state().header(),
        };
        if !state.is_empty() {
            carrier.set(TRACESTATE, state);
        }
    }

    fn extract_baggage(cx: &Context, carrier: &dyn Extractor) -> Option<Context> {
        let raw = carrier.get_all(BAGGAGE)?.join(",");
        let fits = !raw.is_empty() && raw.len() <= BAGGAGE_BYTES_MAX;
        fits.then(|| cx.with_value(RawBaggage(raw.into())))
    }
}

impl TextMapPropagator for Propagator {
    fn inject_context(&self, cx: &Context, injector: &mut dyn Injector) {
        if self.trace_context {
            Self::inject_trace(cx, injector);
        }
        if let Some(raw) = cx.get::<RawBaggage>().filter(|_| self.baggage) {
            injector.set(BAGGAGE, raw.0.to_string());
        }
    }

    fn extract_with_context(&self, cx: &Context, extractor: &dyn Extractor) -> Context {
        let mut cx = cx.clone();
        if self.trace_context {
            cx = Self::extract_trace(&cx, extractor).unwrap_or(cx);
        }
        if self.baggage {
            cx = Self::extract_baggage(&cx, extractor).unwrap_or(cx);
        }
        cx
    }

    fn fields(&self) -> FieldIter<'_> {
        FieldIter::new(&self.fields)
    }
}
