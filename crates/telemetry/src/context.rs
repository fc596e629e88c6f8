//! What code inside a request, a job or a tick can ask about it.

use std::sync::Arc;

use opentelemetry::Context;
use opentelemetry::trace::TraceContextExt;

use crate::kit;

/// The id of the trace the running code belongs to: 32 lower-case hex digits. None outside a trace.
pub fn trace_id() -> Option<String> {
    Context::map_current(trace_id_of)
}

/// The `X-Request-ID` of the request being served. None outside a request.
pub fn request_id() -> Option<String> {
    Context::map_current(|cx| request_id_of(cx).map(|id| id.to_string()))
}

pub(crate) fn trace_id_of(cx: &Context) -> Option<String> {
    let span = cx.span();
    let context = span.span_context();
    context.is_valid().then(|| context.trace_id().to_string())
}

pub(crate) fn request_id_of(cx: &Context) -> Option<Arc<str>> {
    kit::request_id(cx)
}

/// The current context when there is a recorded span in it. Queries and commands elsewhere get no span of
/// their own, and find that out without allocating.
pub(crate) fn recorded_parent() -> Option<Context> {
    let recorded = |cx: &Context| {
        let span = cx.span();
        let parent = span.span_context();
        parent.is_valid() && parent.is_sampled() && !cx.is_telemetry_suppressed()
    };
    Context::map_current(|cx| recorded(cx).then(|| cx.clone()))
}
