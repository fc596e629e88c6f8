//! What code inside a request, a job or a tick can ask about it, and how it hands its context on.

use std::future::Future;
use std::sync::Arc;

use opentelemetry::Context;
use opentelemetry::trace::{FutureExt as _, TraceContextExt};
use tokio::task::JoinHandle;
use tracing::Instrument as _;

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

/// `tokio::spawn` that keeps the trace: spans made by `future` are children of the current span.
///
/// Both contexts have to be carried. A plain `spawn` carries none, and `in_current_span` alone loses the
/// parent whenever the innermost span is an edge's.
///
/// # Panics
/// Outside a tokio runtime, as `tokio::spawn` does.
pub fn spawn<F>(future: F) -> JoinHandle<F::Output>
where
    F: Future + Send + 'static,
    F::Output: Send + 'static,
{
    tokio::spawn(future.with_context(Context::current()).in_current_span())
}
