//! How a trace crosses a process boundary: W3C Trace Context (Level 2), Baggage and B3, over HTTP headers,
//! any map of text, and the environment of a child process.
//!
//! The SDK's own propagator fails 13 of the 41 tests of the W3C's suite: it reads one of two conflicting
//! headers, accepts ids of any length, loses the random flag and all but the first `tracestate` line.
//!
//! ```
//! use throughline_telemetry::opentelemetry::{Context, trace::TraceContextExt};
//! use throughline_telemetry::propagation::Propagator;
//!
//! let mut headers = http::HeaderMap::new();
//! let caller = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
//! headers.insert("traceparent", caller.parse().unwrap());
//! let cx = Propagator::default().extract_headers(&Context::new(), &headers);
//! assert_eq!(cx.span().span_context().trace_id().to_string(), "0af7651916cd43dd8448eb211c80319c");
//! ```

use http::{HeaderMap, HeaderName};
use opentelemetry::Context;
use opentelemetry::propagation::text_map_propagator::FieldIter;
use opentelemetry::propagation::{Extractor, Injector, TextMapPropagator};
use opentelemetry::trace::SpanContext;

/// The headers of Zipkin.
mod b3;
/// What goes along with a trace.
mod baggage;
/// What headers are read from.
mod carrier;
/// Child processes.
mod environment;
/// Ids as text.
mod hex;
/// `traceparent` and `tracestate` in a context.
mod trace_context;
/// The `traceparent` header: which span calls, and whether it is recorded.
mod traceparent;
/// The `tracestate` header: what other vendors want carried along.
mod tracestate;
/// Whom an edge believes.
mod trust;

pub use baggage::{baggage, with_baggage};
use carrier::Carrier;
pub use environment::{command, from_env_lookup, parent_from_env, to_env};
pub use trust::Trust;

/// One way to write a context into headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// `traceparent` and `tracestate` of the W3C, Level 2.
    TraceContext,
    /// `baggage` of the W3C, passed on as it came: at most 64 members and 8,192 bytes.
    Baggage,
    /// Zipkin's B3: reads `b3` and `X-B3-*`, writes `b3`.
    B3,
    /// Zipkin's B3: reads `b3` and `X-B3-*`, writes `X-B3-*`.
    B3Multi,
}

impl Format {
    /// The headers it writes.
    fn headers(self) -> Vec<&'static HeaderName> {
        match self {
            Self::TraceContext => vec![&trace_context::TRACEPARENT, &trace_context::TRACESTATE],
            Self::Baggage => vec![&baggage::BAGGAGE],
            Self::B3 => vec![&b3::B3],
            Self::B3Multi => vec![&b3::TRACE_ID, &b3::SPAN_ID, &b3::SAMPLED, &b3::FLAGS],
        }
    }

    fn extract(self, cx: &Context, carrier: &Carrier<'_>) -> Option<Context> {
        match self {
            Self::TraceContext => trace_context::extract(cx, carrier),
            Self::Baggage => baggage::extract(cx, carrier),
            Self::B3 | Self::B3Multi => b3::extract(cx, carrier),
        }
    }

    fn inject(self, cx: &Context, carrier: &mut dyn Injector) {
        match self {
            Self::TraceContext => trace_context::inject(cx, carrier),
            Self::Baggage => baggage::inject(cx, carrier),
            Self::B3 => b3::inject_single(cx, carrier),
            Self::B3Multi => b3::inject_multi(cx, carrier),
        }
    }
}

/// Which headers are read and written; `OTEL_PROPAGATORS` decides. The default is Trace Context and
/// Baggage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Propagator {
    formats: Vec<Format>,
    fields: Vec<String>,
}

impl Default for Propagator {
    fn default() -> Self {
        Self::new([Format::TraceContext, Format::Baggage])
    }
}

impl Propagator {
    /// A propagator of `formats`, in their order: where two name a parent, the later is believed. One that
    /// is listed twice counts once.
    pub fn new(formats: impl IntoIterator<Item = Format>) -> Self {
        let mut distinct = Vec::new();
        for format in formats {
            if !distinct.contains(&format) {
                distinct.push(format);
            }
        }
        let headers = distinct.iter().flat_map(|format| format.headers());
        Self {
            fields: headers.map(|name| name.as_str().to_owned()).collect(),
            formats: distinct,
        }
    }

    /// A propagator that reads and writes nothing.
    pub fn none() -> Self {
        Self::new([])
    }

    /// The formats in their order.
    pub fn formats(&self) -> &[Format] {
        &self.formats
    }

    /// `cx` under the caller that `headers` name; `cx` as it is when they name none, which allocates
    /// nothing. The same as [`extract_with_context`](TextMapPropagator::extract_with_context), but cheaper,
    /// and strict where a line is not ASCII.
    pub fn extract_headers(&self, cx: &Context, headers: &HeaderMap) -> Context {
        self.extract_from(cx, &Carrier::Http(headers))
    }

    fn extract_from(&self, cx: &Context, carrier: &Carrier<'_>) -> Context {
        let mut cx = cx.clone();
        for format in &self.formats {
            if let Some(next) = format.extract(&cx, carrier) {
                cx = next;
            }
        }
        cx
    }
}

impl TextMapPropagator for Propagator {
    fn inject_context(&self, cx: &Context, injector: &mut dyn Injector) {
        for format in &self.formats {
            format.inject(cx, injector);
        }
    }

    fn extract_with_context(&self, cx: &Context, extractor: &dyn Extractor) -> Context {
        self.extract_from(cx, &Carrier::Text(extractor))
    }

    fn fields(&self) -> FieldIter<'_> {
        FieldIter::new(&self.fields)
    }
}

/// A span's `traceparent` in ASCII, for the `Server-Timing` header.
pub(crate) fn traceparent(context: &SpanContext) -> [u8; traceparent::BYTES] {
    trace_context::traceparent(context)
}
