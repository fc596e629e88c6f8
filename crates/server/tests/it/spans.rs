//! OTLP requests to send.

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::{AnyValue, InstrumentationScope, KeyValue, any_value};
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::span::{Event, Link};
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span, Status};
use prost::Message;

/// 2026-11-22T10:00:00Z.
pub(crate) const TEN_O_CLOCK: u64 = 1_795_341_600_000_000_000;
pub(crate) const MILLI: u64 = 1_000_000;

pub(crate) fn text(key: &str, value: &str) -> KeyValue {
    attribute(key, any_value::Value::StringValue(value.to_owned()))
}

pub(crate) fn number(key: &str, value: i64) -> KeyValue {
    attribute(key, any_value::Value::IntValue(value))
}

fn attribute(key: &str, value: any_value::Value) -> KeyValue {
    KeyValue {
        key: key.to_owned(),
        value: Some(AnyValue { value: Some(value) }),
        ..KeyValue::default()
    }
}

/// A server span of 5 ms that starts `index` ms past ten o'clock.
pub(crate) fn span(trace: u128, index: u64) -> Span {
    let start = TEN_O_CLOCK + index * MILLI;
    Span {
        trace_id: trace.to_be_bytes().to_vec(),
        span_id: (index + 1).to_be_bytes().to_vec(),
        name: format!("GET /lessons/{index}"),
        kind: 2,
        start_time_unix_nano: start,
        end_time_unix_nano: start + 5 * MILLI,
        attributes: vec![
            text("http.request.method", "GET"),
            number("http.response.status_code", 200),
        ],
        ..Span::default()
    }
}

pub(crate) fn failed(mut span: Span) -> Span {
    span.status = Some(Status {
        code: 2,
        message: "boom".to_owned(),
    });
    span
}

pub(crate) fn with_event_and_link(mut span: Span) -> Span {
    span.events = vec![Event {
        time_unix_nano: span.start_time_unix_nano + MILLI,
        name: "cache miss".to_owned(),
        attributes: vec![text("cache", "lessons")],
        ..Event::default()
    }];
    span.links = vec![Link {
        trace_id: vec![7; 16],
        span_id: vec![8; 8],
        attributes: vec![text("why", "retry")],
        ..Link::default()
    }];
    span
}

/// One request of one service.
pub(crate) fn request(service: &str, spans: Vec<Span>) -> ExportTraceServiceRequest {
    ExportTraceServiceRequest {
        resource_spans: vec![ResourceSpans {
            resource: Some(Resource {
                attributes: vec![text("service.name", service), text("host.name", "h1")],
                ..Resource::default()
            }),
            scope_spans: vec![ScopeSpans {
                scope: Some(InstrumentationScope {
                    name: "tests".to_owned(),
                    ..InstrumentationScope::default()
                }),
                spans,
                ..ScopeSpans::default()
            }],
            ..ResourceSpans::default()
        }],
    }
}

pub(crate) fn protobuf(service: &str, spans: Vec<Span>) -> Vec<u8> {
    request(service, spans).encode_to_vec()
}
