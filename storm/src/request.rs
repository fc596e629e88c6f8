//! One request out of the seed: its spans, its form on the wire, and what should become of it.

use crate::chance::Chance;
use crate::fields::{Fields, HASH};
use anyhow::Result;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{
    AnyValue, ArrayValue, InstrumentationScope, KeyValue,
};
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::span::{Event, Link};
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span, Status};
use prost::Message;

/// 2026-01-01T00:00:00Z. Request `b` has the millisecond `b` after it to itself, so that a range of
/// requests is a range of time.
pub(crate) const EPOCH_NANOS: u64 = 1_767_225_600_000_000_000;
pub(crate) const MILLI_NANOS: u64 = 1_000_000;
/// Requests from here on are small and plain: for scripts in which every call counts.
pub(crate) const PLAIN_FIRST: u64 = 1 << 30;
/// Requests from here on are plain, and carry a rejected span of megabytes.
pub(crate) const HEAVY_FIRST: u64 = PLAIN_FIRST + (1 << 20);
const SPANS_MAX: u64 = 200;
/// What a heavy request carries, to fill a segment of the log with few rows.
const HEAVY_BYTES: usize = 14 << 20;

/// How a request goes out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Protobuf,
    Json,
    Grpc,
}

/// A request and what it should come to.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) b: u64,
    pub(crate) form: Form,
    pub(crate) gzip: bool,
    /// Before compression.
    pub(crate) body: Vec<u8>,
    /// Cut short: to be refused as a whole.
    pub(crate) broken: bool,
    /// Spans that have to be rejected: they come after the valid ones.
    pub(crate) invalid: u64,
    /// What is expected of each valid span.
    pub(crate) spans: Vec<Fields>,
}

impl Request {
    /// Request `b` of this seed: always the same.
    pub(crate) fn of(seed: u64, b: u64) -> Result<Self> {
        let mut chance = Chance::of(&[seed, b]);
        let heavy = b >= HEAVY_FIRST;
        if b >= PLAIN_FIRST {
            let (form, gzip, broken) = (Form::Protobuf, false, false);
            let invalid = u64::from(heavy);
            return Self::made(
                seed,
                b,
                Shape {
                    form,
                    gzip,
                    broken,
                    valid: 3,
                    invalid,
                    heavy,
                },
            );
        }
        let form = match chance.below(8) {
            0 => Form::Json,
            1 | 2 => Form::Grpc,
            _ => Form::Protobuf,
        };
        let (gzip, broken) = (chance.one_in(2), chance.one_in(40));
        let valid = if chance.one_in(50) {
            SPANS_MAX
        } else {
            1 + chance.below(19)
        };
        let invalid = if chance.one_in(10) {
            1 + chance.below(3)
        } else {
            0
        };
        Self::made(
            seed,
            b,
            Shape {
                form,
                gzip,
                broken,
                valid,
                invalid,
                heavy,
            },
        )
    }

    fn made(seed: u64, b: u64, shape: Shape) -> Result<Self> {
        let Shape {
            form,
            gzip,
            broken,
            valid,
            invalid,
            heavy,
        } = shape;
        let resource = resource(&mut Chance::of(&[seed, b, 1]));
        let mut scope = scope(b);
        let mut expected = Vec::new();
        for i in 0..valid {
            let mut span = span(seed, b, i, valid);
            let mut fields = Fields::sent(&resource, &scope, &span);
            let hash = fields.hash();
            fields.put(HASH, &hash);
            span.attributes.push(text("storm.h", &hash));
            expected.push(fields);
            scope.spans.push(span);
        }
        for i in valid..valid + invalid {
            let mut span = span(seed, b, i, valid);
            if heavy {
                span.name = "x".repeat(HEAVY_BYTES);
            }
            // Too short, or all zero.
            span.trace_id = if i % 2 == 0 {
                span.trace_id[..15].to_vec()
            } else {
                vec![0; 16]
            };
            scope.spans.push(span);
        }
        let resource_spans = ResourceSpans {
            resource: Some(resource),
            scope_spans: vec![scope],
            ..ResourceSpans::default()
        };
        let message = ExportTraceServiceRequest {
            resource_spans: vec![resource_spans],
        };
        let mut body = match form {
            Form::Json => serde_json::to_vec(&message)?,
            Form::Protobuf | Form::Grpc => message.encode_to_vec(),
        };
        if broken {
            body.truncate(body.len() - 3);
            expected.clear();
        }
        Ok(Self {
            b,
            form,
            gzip,
            body,
            broken,
            invalid,
            spans: expected,
        })
    }
}

struct Shape {
    form: Form,
    gzip: bool,
    broken: bool,
    valid: u64,
    invalid: u64,
    heavy: bool,
}

fn resource(chance: &mut Chance) -> Resource {
    let service = format!("storm-{}", chance.below(5));
    let attributes = vec![
        text("service.name", &service),
        text("host.name", "h1"),
        number("process.pid", chance.below(1 << 22) as i64),
        text("storm.place", &format!("{:08x}", chance.next() as u32)),
    ];
    Resource {
        attributes,
        ..Resource::default()
    }
}

fn scope(b: u64) -> ScopeSpans {
    let scope = InstrumentationScope {
        name: "storm".to_owned(),
        version: format!("1.{}", b % 3),
        ..InstrumentationScope::default()
    };
    ScopeSpans {
        scope: Some(scope),
        ..ScopeSpans::default()
    }
}

/// Span `i` of `n`. Texts have fixed lengths, so that many requests are equally long.
fn span(seed: u64, b: u64, i: u64, n: u64) -> Span {
    let mut chance = Chance::of(&[seed, b, 2, i]);
    // Half a microsecond away from the next request's time.
    let start = EPOCH_NANOS + b * MILLI_NANOS + 500 + i * 1000 + chance.below(400);
    let methods = ["GET", "PUT", "POST"];
    let mut attributes = vec![
        text("storm.b", &format!("{b}")),
        number("storm.i", i as i64),
        number("storm.n", n as i64),
        text("http.request.method", methods[chance.below(3) as usize]),
        number("http.response.status_code", 200 + chance.below(300) as i64),
        text("storm.text", &format!("{:016x} ü", chance.next())),
    ];
    attributes.extend(rare(&mut chance));
    let status = chance.one_in(3).then(|| Status {
        code: 1 + chance.below(2) as i32,
        message: format!("{:04x}", chance.next() as u16),
    });
    Span {
        trace_id: Chance::of(&[seed, b, 3]).bytes::<16>().to_vec(),
        span_id: chance.bytes::<8>().to_vec(),
        parent_span_id: if i == 0 {
            Vec::new()
        } else {
            chance.bytes::<8>().to_vec()
        },
        name: format!("GET /lessons/{:06x}", chance.below(1 << 24)),
        kind: 1 + chance.below(5) as i32,
        start_time_unix_nano: start,
        end_time_unix_nano: start + chance.below(900 * MILLI_NANOS),
        attributes,
        events: if chance.one_in(4) {
            vec![event(&mut chance, start)]
        } else {
            Vec::new()
        },
        links: if chance.one_in(8) {
            vec![link(&mut chance)]
        } else {
            Vec::new()
        },
        trace_state: if chance.one_in(8) {
            "storm=1".to_owned()
        } else {
            String::new()
        },
        status,
        ..Span::default()
    }
}

/// Attributes of the types that few spans have.
fn rare(chance: &mut Chance) -> Option<KeyValue> {
    let value = match chance.below(8) {
        0 => Value::DoubleValue(chance.below(1000) as f64 + 0.5),
        1 => Value::BoolValue(chance.one_in(2)),
        2 => Value::ArrayValue(ArrayValue {
            values: vec![
                any(Value::IntValue(chance.below(9) as i64)),
                any(Value::StringValue("x".to_owned())),
            ],
        }),
        _ => return None,
    };
    Some(attribute("storm.rare", value))
}

fn event(chance: &mut Chance, start: u64) -> Event {
    Event {
        time_unix_nano: start + chance.below(1000),
        name: format!("event {:04x}", chance.next() as u16),
        attributes: vec![
            text("cache", "lessons"),
            number("storm.try", chance.below(9) as i64),
        ],
        ..Event::default()
    }
}

fn link(chance: &mut Chance) -> Link {
    Link {
        trace_id: chance.bytes::<16>().to_vec(),
        span_id: chance.bytes::<8>().to_vec(),
        attributes: vec![text("why", "retry")],
        ..Link::default()
    }
}

fn text(key: &str, value: &str) -> KeyValue {
    attribute(key, Value::StringValue(value.to_owned()))
}

fn number(key: &str, value: i64) -> KeyValue {
    attribute(key, Value::IntValue(value))
}

fn attribute(key: &str, value: Value) -> KeyValue {
    KeyValue {
        key: key.to_owned(),
        value: Some(any(value)),
        ..KeyValue::default()
    }
}

fn any(value: Value) -> AnyValue {
    AnyValue { value: Some(value) }
}

#[cfg(test)]
mod tests {
    use super::Request;

    #[test]
    fn a_request_is_the_same_every_time_and_unlike_the_next() {
        let body = |seed, b| Request::of(seed, b).unwrap().body;
        assert_eq!(body(1, 7), body(1, 7));
        assert_ne!(body(1, 7), body(1, 8));
        assert_ne!(body(1, 7), body(2, 7));
    }

    #[test]
    fn every_form_occurs() {
        let requests: Vec<_> = (0..400).map(|b| Request::of(1, b).unwrap()).collect();
        let some = |is: fn(&Request) -> bool| requests.iter().filter(|it| is(it)).count() > 3;
        assert!(some(|it| it.broken && it.spans.is_empty()));
        assert!(some(|it| it.invalid > 0));
        assert!(some(|it| it.form == super::Form::Json));
        assert!(some(|it| it.form == super::Form::Grpc && it.gzip));
        assert!(some(|it| it.spans.len() == 200));
    }
}
