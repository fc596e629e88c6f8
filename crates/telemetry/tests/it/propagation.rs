//! What crosses a process boundary: the W3C's suite, B3, baggage, the environment, and what must not cost.

use http::{HeaderMap, HeaderName, HeaderValue};
use opentelemetry_http::HeaderInjector;
use throughline_telemetry::opentelemetry::Context;
use throughline_telemetry::opentelemetry::propagation::TextMapPropagator;
use throughline_telemetry::opentelemetry::trace::{SpanContext, TraceContextExt};
use throughline_telemetry::propagation::{Format, Propagator};

/// How much memory it takes, and that no bytes make it panic.
mod any_bytes;
/// Zipkin's headers.
mod b3;
/// What goes along with a trace.
mod baggage;
/// A child process continues the trace.
mod environment;
/// What the W3C's suite leaves out.
mod strict;
/// Whom an edge believes.
mod trust;
/// The W3C's suite.
mod w3c;

const TRACE: &str = "12345678901234567890123456789012";
const SPAN: &str = "1234567890123456";
const VALID: &str = "00-12345678901234567890123456789012-1234567890123456-01";

fn headers(lines: &[(&str, &str)]) -> HeaderMap {
    let mut map = HeaderMap::new();
    for (name, value) in lines {
        let name: HeaderName = name.parse().unwrap();
        map.append(name, HeaderValue::from_str(value).unwrap());
    }
    map
}

fn extract(formats: &[Format], lines: &[(&str, &str)]) -> Context {
    Propagator::new(formats.iter().copied()).extract_headers(&Context::new(), &headers(lines))
}

/// The lines sent from `cx`, by name.
fn sent(formats: &[Format], cx: &Context) -> Vec<(String, String)> {
    let mut map = HeaderMap::new();
    Propagator::new(formats.iter().copied()).inject_context(cx, &mut HeaderInjector(&mut map));
    let text = |value: &HeaderValue| value.to_str().unwrap().to_owned();
    let mut lines: Vec<_> = map
        .iter()
        .map(|(name, value)| (name.to_string(), text(value)))
        .collect();
    lines.sort();
    lines
}

fn parent(cx: &Context) -> SpanContext {
    cx.span().span_context().clone()
}
