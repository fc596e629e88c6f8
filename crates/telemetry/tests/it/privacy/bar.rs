//! Ten thousand values in each of fourteen places, exported as OTLP over a client that keeps the bytes.
//! With the guard none may be there; without it all must be, or the search would prove nothing.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use bytes::Bytes;
use opentelemetry::logs::{AnyValue, LogRecord as _, Logger as _, LoggerProvider as _};
use opentelemetry::trace::{
    Event, Link, SpanContext, SpanId, SpanKind, Status, TraceFlags, TraceId, TraceState,
};
use opentelemetry::{Array, InstrumentationScope, Key, KeyValue, StringValue, Value};
use opentelemetry_http::{HttpClient, HttpError};
use opentelemetry_otlp::{LogExporter, Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::logs::{LogBatch, LogExporter as _, SdkLogRecord, SdkLoggerProvider};
use opentelemetry_sdk::trace::{SpanData, SpanEvents, SpanExporter as _, SpanLinks};
use throughline_telemetry::privacy::{Guard, Guarded, Rules};

use super::values::{Private, Seed, private};

const VALUES: usize = 10_000;
/// Values in one span, as names, events and links.
const IN_ONE_SPAN: usize = 100;
const PLACES: usize = 14;

/// Keeps the bodies of all requests.
#[derive(Clone, Debug, Default)]
struct Bodies(Arc<Mutex<Vec<u8>>>);

#[async_trait::async_trait]
impl HttpClient for Bodies {
    async fn send_bytes(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, HttpError> {
        self.0.lock().unwrap().extend_from_slice(request.body());
        Ok(http::Response::new(Bytes::new()))
    }
}

#[tokio::test]
async fn none_of_ten_thousand_values_leaves_from_any_place() {
    let mut seed = Seed(12);
    let values: Vec<Private> = (0..VALUES).map(|at| private(&mut seed, at)).collect();
    for place in 0..PLACES {
        let open = exported(
            place,
            &values,
            &Rules {
                enabled: false,
                ..Rules::default()
            },
        )
        .await;
        let shown = present(place, &values, &open);
        assert_eq!(
            shown.len(),
            VALUES,
            "place {place}: the search does not see them"
        );
        let closed = exported(place, &values, &Rules::default()).await;
        let leaked = present(place, &values, &closed);
        let first = leaked.first();
        assert!(
            leaked.is_empty(),
            "place {place}: {} leaked, such as {first:?}",
            leaked.len()
        );
    }
}

/// The values whose secret is in the bytes.
fn present<'a>(place: usize, values: &'a [Private], bytes: &[u8]) -> Vec<&'a Private> {
    // Every secret has ten bytes at least, so a map from ten bytes to where they are finds each at once.
    let mut starts: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (at, window) in bytes.windows(10).enumerate() {
        starts.entry(window).or_default().push(at);
    }
    let is_there = |private: &&Private| {
        let secret = placed(place, &private.secret).into_bytes();
        let found = starts.get(&secret[..10]);
        found.is_some_and(|all| all.iter().any(|at| bytes[*at..].starts_with(&secret)))
    };
    values.iter().filter(is_there).collect()
}

/// A tracestate's value is printable ASCII without `,` and `=`: the rest is percent-encoded there.
fn placed(place: usize, text: &str) -> String {
    if place != 8 {
        return text.to_owned();
    }
    let byte = |byte: u8| match byte {
        b',' | b'=' | 0x7f.. => format!("%{byte:02X}"),
        _ => char::from(byte).to_string(),
    };
    text.bytes().map(byte).collect()
}

async fn exported(place: usize, values: &[Private], rules: &Rules) -> Vec<u8> {
    let bodies = Bodies::default();
    let guard = Guard::new(rules);
    if place >= 11 {
        logs(place, values, &bodies, guard).await;
    } else {
        spans(place, values, &bodies, guard).await;
    }
    let bytes = bodies.0.lock().unwrap();
    bytes.clone()
}

async fn spans(place: usize, values: &[Private], bodies: &Bodies, guard: Guard) {
    let exporter = SpanExporter::builder()
        .with_http()
        .with_http_client(bodies.clone())
        .with_protocol(Protocol::HttpBinary)
        .with_endpoint("http://store/v1/traces")
        .build()
        .unwrap();
    let mut exporter = Guarded::new(exporter, guard);
    if place == 9 {
        let named = values.iter().enumerate();
        let named = named.map(|(at, value)| KeyValue::new(format!("r{at}"), value.text.clone()));
        exporter.set_resource(&Resource::builder_empty().with_attributes(named).build());
    }
    let single = matches!(place, 3 | 7 | 8 | 10);
    let each = if single { 1 } else { IN_ONE_SPAN };
    let all: Vec<SpanData> = values.chunks(each).map(|some| span(place, some)).collect();
    exporter.export(all).await.unwrap();
}

/// A span with the values in one place of it.
fn span(place: usize, values: &[Private]) -> SpanData {
    let texts = || values.iter().map(|value| placed(place, &value.text));
    let first = || texts().next().unwrap();
    let pairs = || {
        texts()
            .map(|text| KeyValue::new("k", text))
            .collect::<Vec<_>>()
    };
    let mut span = blank();
    match place {
        0 => span.attributes = pairs(),
        1 => {
            let array = texts().map(StringValue::from).collect();
            span.attributes = vec![KeyValue::new("k", Value::Array(Array::String(array)))];
        }
        2 => span.attributes = texts().map(|text| KeyValue::new(text, 1)).collect(),
        3 => span.name = first().into(),
        4 => {
            span.events.events = texts()
                .map(|text| Event::new(text, span.start_time, Vec::new(), 0))
                .collect()
        }
        5 => span.events.events = vec![Event::new("e", span.start_time, pairs(), 0)],
        6 => span.links.links = vec![Link::new(span.span_context.clone(), pairs(), 0)],
        7 => span.status = Status::error(first()),
        8 => {
            let state = TraceState::from_key_value([("k", first())]).unwrap();
            span.links.links = vec![Link::new(context(TraceState::default()), Vec::new(), 0)];
            span.span_context = context(state);
        }
        10 => {
            let text = first();
            let more = [KeyValue::new("k", text.clone())];
            span.instrumentation_scope = InstrumentationScope::builder(text)
                .with_attributes(more)
                .build();
        }
        _ => {}
    }
    span
}

fn context(state: TraceState) -> SpanContext {
    let (trace, span) = (TraceId::from(1), SpanId::from(1));
    SpanContext::new(trace, span, TraceFlags::SAMPLED, false, state)
}

fn blank() -> SpanData {
    SpanData {
        span_context: context(TraceState::default()),
        parent_span_id: SpanId::INVALID,
        parent_span_is_remote: false,
        span_kind: SpanKind::Internal,
        name: "n".into(),
        start_time: SystemTime::UNIX_EPOCH,
        end_time: SystemTime::UNIX_EPOCH,
        attributes: Vec::new(),
        dropped_attributes_count: 0,
        events: SpanEvents::default(),
        links: SpanLinks::default(),
        status: Status::Unset,
        instrumentation_scope: InstrumentationScope::default(),
    }
}

async fn logs(place: usize, values: &[Private], bodies: &Bodies, guard: Guard) {
    let exporter = LogExporter::builder()
        .with_http()
        .with_http_client(bodies.clone())
        .with_protocol(Protocol::HttpBinary)
        .with_endpoint("http://store/v1/logs")
        .build()
        .unwrap();
    let exporter = Guarded::new(exporter, guard);
    let logger = SdkLoggerProvider::builder().build().logger("l");
    let scope = InstrumentationScope::default();
    let record = |value: &Private| {
        let mut record: SdkLogRecord = logger.create_log_record();
        record.set_observed_timestamp(SystemTime::UNIX_EPOCH);
        let text = AnyValue::from(value.text.clone());
        match place {
            11 => record.set_body(text),
            12 => record.add_attribute("k", text),
            _ => record.set_body(nested(text)),
        }
        record
    };
    let records: Vec<SdkLogRecord> = values.iter().map(record).collect();
    let batch: Vec<_> = records.iter().map(|record| (record, &scope)).collect();
    exporter.export(LogBatch::new(&batch)).await.unwrap();
}

/// The value in a list in a map in a list.
fn nested(text: AnyValue) -> AnyValue {
    let list = AnyValue::ListAny(Box::new(vec![AnyValue::Int(1), text]));
    let map = AnyValue::Map(Box::new(HashMap::from([(Key::new("k"), list)])));
    AnyValue::ListAny(Box::new(vec![map]))
}
