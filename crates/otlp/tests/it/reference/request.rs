//! Protobuf messages to pieces: ids checked, values rendered, spans that cannot be kept counted.

use super::Reference;
use super::piece::{Attribute, Event, Link, Scope, Span, Value};
use super::sink::Sink;
use super::text::{self, TooDeep};
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value as Wire;
use opentelemetry_proto::tonic::common::v1::{InstrumentationScope, KeyValue};
use opentelemetry_proto::tonic::trace::v1 as proto;
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;
use std::collections::BTreeMap;
use throughline_otlp::rejection;

/// Feeds every span of `request` to a sink, or counts why not.
pub(crate) fn decode(
    request: &ExportTraceServiceRequest,
    arrival_nanos: i64,
    depth_max: usize,
) -> Reference {
    let mut sink = Sink::new(arrival_nanos);
    let mut rejected = BTreeMap::new();
    for group in &request.resource_spans {
        let attributes = group
            .resource
            .as_ref()
            .map_or(&[][..], |resource| &resource.attributes);
        let Ok(resource) = canonical(attributes, depth_max) else {
            let spans: usize = group
                .scope_spans
                .iter()
                .map(|scope| scope.spans.len())
                .sum();
            *rejected.entry(rejection::ATTRIBUTE_DEPTH).or_default() += spans;
            continue;
        };
        sink.resource(resource);
        for group in &group.scope_spans {
            let Ok(scope) = scope(group.scope.as_ref(), depth_max) else {
                *rejected.entry(rejection::ATTRIBUTE_DEPTH).or_default() += group.spans.len();
                continue;
            };
            sink.scope(scope);
            for wire in &group.spans {
                match span(wire, depth_max) {
                    Ok(span) => sink.span(&span),
                    Err(reason) => *rejected.entry(reason).or_default() += 1,
                }
            }
        }
    }
    Reference {
        batch: sink.finish(),
        rejected,
    }
}

fn scope(wire: Option<&InstrumentationScope>, depth_max: usize) -> Result<Scope<'_>, TooDeep> {
    let Some(wire) = wire else {
        return Ok(Scope::default());
    };
    Ok(Scope {
        name: &wire.name,
        version: &wire.version,
        attributes: canonical(&wire.attributes, depth_max)?,
    })
}

/// The span, or the reason why it cannot be kept.
fn span(wire: &proto::Span, depth_max: usize) -> Result<Span<'_>, &'static str> {
    let trace_id = id(&wire.trace_id).ok_or(rejection::TRACE_ID)?;
    let span_id = id(&wire.span_id).ok_or(rejection::SPAN_ID)?;
    let parent_span_id = match wire.parent_span_id.as_slice() {
        // Some senders write a root's parent as zeros.
        [] | [0, 0, 0, 0, 0, 0, 0, 0] => None,
        bytes => Some(id(bytes).ok_or(rejection::PARENT_SPAN_ID)?),
    };
    let too_deep = |_: TooDeep| rejection::ATTRIBUTE_DEPTH;
    let (status_code, status_message) = status(wire.status.as_ref());
    Ok(Span {
        trace_id,
        span_id,
        parent_span_id,
        name: &wire.name,
        kind: kind(wire.kind),
        start_nanos: nanos(wire.start_time_unix_nano),
        duration_nanos: nanos(
            wire.end_time_unix_nano
                .saturating_sub(wire.start_time_unix_nano),
        ),
        status_code,
        status_message,
        trace_state: &wire.trace_state,
        flags: wire.flags,
        attributes: canonical(&wire.attributes, depth_max).map_err(too_deep)?,
        dropped_attributes: wire.dropped_attributes_count,
        events: wire
            .events
            .iter()
            .map(|wire| event(wire, depth_max))
            .collect::<Result<_, _>>()
            .map_err(too_deep)?,
        dropped_events: wire.dropped_events_count,
        links: wire
            .links
            .iter()
            .map(|wire| link(wire, depth_max))
            .collect::<Result<_, _>>()
            .map_err(too_deep)?,
        dropped_links: wire.dropped_links_count,
    })
}

fn event(wire: &proto::span::Event, depth_max: usize) -> Result<Event<'_>, TooDeep> {
    Ok(Event {
        nanos: nanos(wire.time_unix_nano),
        name: &wire.name,
        attributes: canonical(&wire.attributes, depth_max)?,
        dropped_attributes: wire.dropped_attributes_count,
    })
}

fn link(wire: &proto::span::Link, depth_max: usize) -> Result<Link<'_>, TooDeep> {
    Ok(Link {
        trace_id: &wire.trace_id,
        span_id: &wire.span_id,
        trace_state: &wire.trace_state,
        attributes: canonical(&wire.attributes, depth_max)?,
        dropped_attributes: wire.dropped_attributes_count,
        flags: wire.flags,
    })
}

/// Sorted by key, each key once, values rendered.
fn canonical(attributes: &[KeyValue], depth_max: usize) -> Result<Vec<Attribute<'_>>, TooDeep> {
    let mut rendered = Vec::with_capacity(attributes.len());
    for KeyValue { key, value, .. } in text::canonical(attributes) {
        rendered.push(Attribute {
            key,
            value: self::value(text::inner(value.as_ref()), depth_max)?,
        });
    }
    Ok(rendered)
}

fn value(wire: Option<&Wire>, depth_max: usize) -> Result<Value<'_>, TooDeep> {
    Ok(match wire {
        // The last is for OTLP's profiles only, and reads as absent elsewhere.
        None | Some(Wire::StringValueStrindex(_)) => Value::Empty,
        Some(Wire::StringValue(text)) => Value::Text(text),
        Some(Wire::BoolValue(value)) => Value::Boolean(*value),
        Some(Wire::IntValue(value)) => Value::Integer(*value),
        Some(Wire::DoubleValue(value)) => Value::Float(*value),
        Some(Wire::BytesValue(bytes)) => Value::Rendered(text::base64(bytes)),
        Some(nested @ (Wire::ArrayValue(_) | Wire::KvlistValue(_))) => {
            Value::Rendered(text::json(nested, depth_max)?)
        }
    })
}

/// `None` when the length is wrong or all bytes are zero, which W3C Trace Context calls invalid.
fn id<const N: usize>(bytes: &[u8]) -> Option<[u8; N]> {
    bytes.try_into().ok().filter(|id| *id != [0; N])
}

fn nanos(wire: u64) -> i64 {
    i64::try_from(wire).unwrap_or(i64::MAX)
}

fn kind(wire: i32) -> &'static str {
    match SpanKind::try_from(wire) {
        Ok(SpanKind::Internal) => "internal",
        Ok(SpanKind::Server) => "server",
        Ok(SpanKind::Client) => "client",
        Ok(SpanKind::Producer) => "producer",
        Ok(SpanKind::Consumer) => "consumer",
        Ok(SpanKind::Unspecified) | Err(_) => "unspecified",
    }
}

fn status(wire: Option<&proto::Status>) -> (Option<&'static str>, &str) {
    let Some(wire) = wire else { return (None, "") };
    let code = match StatusCode::try_from(wire.code) {
        Ok(StatusCode::Ok) => Some("OK"),
        Ok(StatusCode::Error) => Some("ERROR"),
        Ok(StatusCode::Unset) | Err(_) => None,
    };
    (code, &wire.message)
}
