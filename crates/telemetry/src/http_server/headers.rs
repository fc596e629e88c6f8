//! The ids on a response: `X-Trace-ID` to look the trace up by, `X-Request-ID` to tell support, and
//! `Server-Timing`, which a browser's script can read.

use std::sync::Arc;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use opentelemetry::Context;
use opentelemetry::trace::TraceContextExt;
use opentelemetry_sdk::trace::{IdGenerator, RandomIdGenerator};
use uuid::Uuid;

use crate::context::trace_id_of;
use crate::kit::Kit;
use crate::span::EdgeSpan;

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const X_TRACE_ID: HeaderName = HeaderName::from_static("x-trace-id");
const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

const REQUEST_ID_BYTES_MAX: usize = 128;

/// The caller's request id when it is harmless in a log and a header, else a new one, sortable by time.
pub(super) fn request_id(headers: &HeaderMap) -> Arc<str> {
    let sent = headers
        .get(X_REQUEST_ID)
        .and_then(|value| value.to_str().ok());
    match sent.filter(|id| is_harmless(id)) {
        Some(id) => id.into(),
        None => Uuid::now_v7().to_string().into(),
    }
}

fn is_harmless(id: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    (1..=REQUEST_ID_BYTES_MAX).contains(&id.len()) && id.bytes().all(plain)
}

/// The ids of a request that was served under `span`, recorded or not: an unsampled span has an id, and
/// with tracing off there is the caller's, if it sent one.
pub(super) fn mark(headers: &mut HeaderMap, span: &EdgeSpan, request_id: &str) {
    put(headers, X_REQUEST_ID, request_id);
    if let Some(id) = trace_id_of(span.context()) {
        put(headers, X_TRACE_ID, &id);
    }
    if span.is_open() {
        let active = span.context().span();
        let ids = active.span_context();
        let parent = format!(
            "00-{}-{}-{:02x}",
            ids.trace_id(),
            ids.span_id(),
            ids.trace_flags()
        );
        // The draft's metric, and the one that browser agents in the wild look for.
        let timing = format!("trace;desc={parent}, traceparent;desc=\"{parent}\"");
        if let Ok(value) = HeaderValue::from_str(&timing) {
            headers.append(SERVER_TIMING, value);
        }
    }
}

/// The ids of a request to an excluded path: there is no span to point to, but the promise that every
/// response carries both ids holds, so a trace id is made up when the caller sent none.
pub(super) fn mark_unrecorded(
    headers: &mut HeaderMap,
    kit: &Kit,
    caller: &Context,
    request_id: &str,
) {
    put(headers, X_REQUEST_ID, request_id);
    let made_up = || {
        kit.is_on()
            .then(|| RandomIdGenerator::default().new_trace_id().to_string())
    };
    if let Some(id) = trace_id_of(caller).or_else(made_up) {
        put(headers, X_TRACE_ID, &id);
    }
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
