//! B3, Zipkin's headers (<https://github.com/openzipkin/b3-propagation>): one `b3`, or several `X-B3-*`.
//! Both are read whichever is written. The span id that came in is only ever a parent: B3 lets a server
//! share its caller's span id, OpenTelemetry does not.

use http::HeaderName;
use opentelemetry::Context;
use opentelemetry::propagation::Injector;
use opentelemetry::trace::{SpanContext, SpanId, TraceContextExt, TraceFlags, TraceId};
use opentelemetry_sdk::trace::{IdGenerator, RandomIdGenerator};

use super::carrier::Carrier;
use super::hex;
use super::trace_context::Incoming;

pub(super) static B3: HeaderName = HeaderName::from_static("b3");
pub(super) static TRACE_ID: HeaderName = HeaderName::from_static("x-b3-traceid");
pub(super) static SPAN_ID: HeaderName = HeaderName::from_static("x-b3-spanid");
pub(super) static SAMPLED: HeaderName = HeaderName::from_static("x-b3-sampled");
pub(super) static FLAGS: HeaderName = HeaderName::from_static("x-b3-flags");

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sampling {
    /// Left to the receiver. A parent without the flag would mean no, so it is read as yes.
    Deferred,
    Denied,
    Accepted,
    Debug,
}

struct Parent {
    /// None when only the decision was sent.
    ids: Option<(TraceId, SpanId)>,
    sampling: Sampling,
}

pub(super) fn extract(cx: &Context, carrier: &Carrier<'_>) -> Option<Context> {
    let parent = single(carrier).or_else(|| multi(carrier))?;
    let (trace_id, span_id) = match parent.ids {
        Some(ids) => ids,
        None if parent.sampling == Sampling::Denied => refused(cx)?,
        None => return None,
    };
    let flags = TraceFlags::default().with_sampled(parent.sampling != Sampling::Denied);
    let known = Incoming::of(cx, trace_id);
    let incoming = Incoming {
        trace_id,
        random: known.is_some_and(|known| known.random),
        debug: parent.sampling == Sampling::Debug,
        tracestate: known.and_then(|known| known.tracestate.clone()),
    };
    let active = cx.span();
    let state = match known {
        Some(_) => active.span_context().trace_state().clone(),
        None => Default::default(),
    };
    let span = SpanContext::new(trace_id, span_id, flags, true, state);
    Some(incoming.put(cx).with_remote_span_context(span))
}

/// A refusal without ids: a trace that is not recorded begins here, so that it is passed on as well.
fn refused(cx: &Context) -> Option<(TraceId, SpanId)> {
    if cx.span().span_context().is_valid() {
        return None;
    }
    let ids = RandomIdGenerator::default();
    Some((ids.new_trace_id(), ids.new_span_id()))
}

/// `{trace id}-{span id}[-{sampling}[-{parent span id}]]`, or the sampling alone.
fn single(carrier: &Carrier<'_>) -> Option<Parent> {
    let text = carrier.only(&B3)?.trim_matches([' ', '\t']);
    let mut fields = text.split('-');
    let (first, second) = (fields.next()?, fields.next());
    let Some(span_id) = second else {
        return Some(Parent {
            ids: None,
            sampling: sampling(first)?,
        });
    };
    let ids = ids(first, span_id)?;
    let sampling = fields.next().map_or(Some(Sampling::Deferred), sampling)?;
    let parent_is_fine = fields.next().is_none_or(|id| span_id_of(id).is_some());
    (parent_is_fine && fields.next().is_none()).then_some(Parent {
        ids: Some(ids),
        sampling,
    })
}

fn multi(carrier: &Carrier<'_>) -> Option<Parent> {
    let sent = carrier.lines(&SAMPLED).is_some() || carrier.lines(&TRACE_ID).is_some();
    if !sent {
        return None;
    }
    let debug = carrier.only(&FLAGS) == Some("1");
    let sampling = match carrier.only(&SAMPLED) {
        _ if debug => Sampling::Debug,
        None => Sampling::Deferred,
        // What libraries sent before the numbers were agreed on.
        Some("true") => Sampling::Accepted,
        Some("false") => Sampling::Denied,
        Some(text) => sampling(text)?,
    };
    let ids = match carrier.lines(&TRACE_ID) {
        Some(_) => Some(ids(carrier.only(&TRACE_ID)?, carrier.only(&SPAN_ID)?)?),
        None => None,
    };
    Some(Parent { ids, sampling })
}

fn sampling(text: &str) -> Option<Sampling> {
    match text {
        "0" => Some(Sampling::Denied),
        "1" => Some(Sampling::Accepted),
        "d" => Some(Sampling::Debug),
        _ => None,
    }
}

/// A trace id of 16 digits is the lower half of one of 32.
fn ids(trace_id: &str, span_id: &str) -> Option<(TraceId, SpanId)> {
    let digits = trace_id.as_bytes();
    let trace_id = match digits.len() {
        16 => u128::from(hex::number(digits)?),
        32 => hex::long_number(digits)?,
        _ => return None,
    };
    let trace_id = Some(TraceId::from(trace_id)).filter(|id| *id != TraceId::INVALID)?;
    Some((trace_id, span_id_of(span_id)?))
}

fn span_id_of(text: &str) -> Option<SpanId> {
    let digits = Some(text.as_bytes()).filter(|digits| digits.len() == 16)?;
    let id = SpanId::from(hex::number(digits)?);
    (id != SpanId::INVALID).then_some(id)
}

pub(super) fn inject_single(cx: &Context, carrier: &mut dyn Injector) {
    let span = cx.span();
    let context = span.span_context();
    if !context.is_valid() {
        return;
    }
    let sampling = match (context.is_sampled(), is_debug(cx, context)) {
        (true, true) => 'd',
        (true, false) => '1',
        (false, _) => '0',
    };
    let (trace_id, span_id) = (context.trace_id(), context.span_id());
    carrier.set(B3.as_str(), format!("{trace_id}-{span_id}-{sampling}"));
}

pub(super) fn inject_multi(cx: &Context, carrier: &mut dyn Injector) {
    let span = cx.span();
    let context = span.span_context();
    if !context.is_valid() {
        return;
    }
    carrier.set(TRACE_ID.as_str(), context.trace_id().to_string());
    carrier.set(SPAN_ID.as_str(), context.span_id().to_string());
    let (name, value) = match (context.is_sampled(), is_debug(cx, context)) {
        // Debug implies the decision, which is then not to be sent.
        (true, true) => (&FLAGS, "1"),
        (true, false) => (&SAMPLED, "1"),
        (false, _) => (&SAMPLED, "0"),
    };
    carrier.set(name.as_str(), value.to_owned());
}

fn is_debug(cx: &Context, context: &SpanContext) -> bool {
    Incoming::of(cx, context.trace_id()).is_some_and(|incoming| incoming.debug)
}
