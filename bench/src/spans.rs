//! Spans of the shape of the baseline (`reference/baseline.md`), the same in every run: nine services,
//! about ten attributes a span, ten spans a trace, bodies of 512 spans of one service's instance, so that
//! a trace arrives scattered over many bodies.

use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, InstrumentationScope, KeyValue};
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span, Status};
use prost::Message;
use std::io::Write;
use std::ops::Range;

/// When the traces start, and what the storage benchmark looks for in them.
mod shape;
pub use shape::{CACHE_KEY, ORDER, Shape, TENANT, order};

/// As the baseline's bodies.
pub const SPANS_A_BODY: usize = 512;
pub const SPANS_A_TRACE: u64 = 10;
const MILLI: f64 = 1e6;

pub const SERVICES: [&str; 9] = [
    "instainstru-api",
    "instainstru-worker",
    "instainstru-beat",
    "instainstru-mcp",
    "instainstru-preview-api",
    "instainstru-preview-worker",
    "instainstru-preview-beat",
    "instainstru-preview-mcp",
    "instainstru-api-local",
];
const ROUTES: [&str; 8] = [
    "/lessons",
    "/lessons/{id}",
    "/instructors/{id}",
    "/bookings",
    "/bookings/{id}",
    "/payments",
    "/reviews",
    "/search",
];
const TABLES: [&str; 6] = [
    "users", "lessons", "slots", "bookings", "payments", "reviews",
];

/// One request.
#[derive(Clone, Debug)]
pub struct Body {
    /// One gzip member.
    pub gzip: Bytes,
    /// Before compression.
    pub raw_bytes: usize,
    pub spans: usize,
}

/// The id of the trace in the middle of `spans` spans.
pub fn trace_in_the_middle(spans: usize) -> String {
    trace_name(spans as u64 / SPANS_A_TRACE / 2)
}

/// The id of a trace, as text.
pub fn trace_name(trace: u64) -> String {
    format!("{:032x}", u128::from_be_bytes(trace_id(trace)))
}

/// `wanted` spans, as bodies in the order in which they are sent.
pub fn bodies(wanted: usize) -> Vec<Body> {
    bodies_of(0..wanted as u64, SPANS_A_BODY, &Shape::INGEST)
}

/// The spans with these numbers, at most `spans_a_body` to a body.
pub fn bodies_of(numbers: Range<u64>, spans_a_body: usize, shape: &Shape) -> Vec<Body> {
    let mut open: Vec<Vec<Span>> = SERVICES
        .iter()
        .map(|_| Vec::with_capacity(spans_a_body))
        .collect();
    let mut bodies = Vec::new();
    each(numbers, shape, |_, service, span| {
        open[service].push(span);
        if open[service].len() == spans_a_body {
            bodies.push(body(SERVICES[service], std::mem::take(&mut open[service])));
        }
    });
    let rest = open
        .into_iter()
        .enumerate()
        .filter(|(_, spans)| !spans.is_empty());
    bodies.extend(rest.map(|(service, spans)| body(SERVICES[service], spans)));
    bodies
}

/// Makes the spans with these numbers: the number, the service's place in [`SERVICES`] and the span.
pub fn each(numbers: Range<u64>, shape: &Shape, mut take: impl FnMut(u64, usize, Span)) {
    for number in numbers {
        let (trace, position) = (number / SPANS_A_TRACE, number % SPANS_A_TRACE);
        let mut chance = Chance(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        // A request runs through the API, and now and then through the others.
        let service = if position < 6 {
            (trace % 3 * 4 % 9) as usize
        } else {
            chance.below(9) as usize
        };
        let mut span = span(trace, position, shape, &mut chance);
        shape.mark(number, &mut span);
        take(number, service, span);
    }
}

/// What the markers' resource is called.
pub const MARKER_SERVICE: &str = "ingest-bench-markers";

/// A body of one span with this name, that started and ended at this time.
pub fn marker(name: &str, unix_nanos: u64) -> Body {
    let span = Span {
        trace_id: trace_id(unix_nanos).to_vec(),
        span_id: mixed(unix_nanos).to_be_bytes().to_vec(),
        name: name.to_owned(),
        kind: 1,
        start_time_unix_nano: unix_nanos,
        end_time_unix_nano: unix_nanos,
        ..Span::default()
    };
    body(MARKER_SERVICE, vec![span])
}

fn span(trace: u64, position: u64, shape: &Shape, chance: &mut Chance) -> Span {
    let start = shape.start_of(trace) + position * 150_000 + chance.below(100_000);
    // Mostly milliseconds, one in a hundred above a tenth of a second.
    let millis = if chance.below(100) == 0 {
        100.0 + chance.below(900) as f64
    } else {
        0.1 + chance.below(8_000) as f64 / 1e3
    };
    let failed = chance.below(200) == 0;
    let route = ROUTES[chance.below(8) as usize];
    let (name, kind, attributes) = match position {
        0 => (
            format!("GET {route}"),
            2,
            http_server(route, failed, chance),
        ),
        1..=6 => database(chance),
        7 => ("POST".to_owned(), 3, http_client(failed, chance)),
        _ => ("search.parse".to_owned(), 1, internal(chance)),
    };
    Span {
        trace_id: trace_id(trace).to_vec(),
        span_id: mixed(trace * SPANS_A_TRACE + position + 1)
            .to_be_bytes()
            .to_vec(),
        parent_span_id: if position == 0 {
            Vec::new()
        } else {
            mixed(trace * SPANS_A_TRACE + 1).to_be_bytes().to_vec()
        },
        name,
        kind,
        start_time_unix_nano: start,
        end_time_unix_nano: start + (millis * MILLI) as u64,
        attributes,
        status: failed.then(|| Status {
            code: 2,
            message: String::new(),
        }),
        ..Span::default()
    }
}

fn http_server(route: &str, failed: bool, chance: &mut Chance) -> Vec<KeyValue> {
    vec![
        text("http.request.method", "GET"),
        text("http.route", route),
        text(
            "url.path",
            &route.replace("{id}", &chance.below(100_000).to_string()),
        ),
        text("url.scheme", "https"),
        text("server.address", "api.instainstru.com"),
        number("server.port", 443),
        number("http.response.status_code", if failed { 500 } else { 200 }),
        text("network.protocol.version", "1.1"),
        text(
            "user_agent.original",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
        ),
        text("request.id", &format!("{:016x}", chance.next())),
        text(
            "user.tier",
            ["free", "plus", "pro"][chance.below(3) as usize],
        ),
    ]
}

fn http_client(failed: bool, chance: &mut Chance) -> Vec<KeyValue> {
    vec![
        text("http.request.method", "POST"),
        text("url.full", "https://payments.example.com/v1/charges"),
        text("server.address", "payments.example.com"),
        number("server.port", 443),
        number("http.response.status_code", if failed { 502 } else { 201 }),
        text("network.protocol.version", "2"),
        text("url.template", "/v1/charges"),
        number("http.request.body.size", 200 + chance.below(100) as i64),
        number("http.response.body.size", 500 + chance.below(300) as i64),
        text("request.id", &format!("{:016x}", chance.next())),
        text("payment.id", &format!("ch_{:012x}", chance.next() >> 16)),
    ]
}

fn database(chance: &mut Chance) -> (String, i32, Vec<KeyValue>) {
    let table = TABLES[chance.below(6) as usize];
    let attributes = vec![
        text("db.system.name", "postgresql"),
        text("db.namespace", "marketplace"),
        text("db.collection.name", table),
        text("db.operation.name", "SELECT"),
        text("db.query.summary", &format!("SELECT {table}")),
        text(
            "db.query.text",
            &format!("SELECT id, name, starts_at FROM {table} WHERE id = $1 LIMIT $2"),
        ),
        number("db.response.returned_rows", chance.below(20) as i64),
        text("server.address", "db.internal"),
        number("server.port", 5432),
        text("request.id", &format!("{:016x}", chance.next())),
        text("pool.name", "primary"),
    ];
    (format!("SELECT {table}"), 3, attributes)
}

fn internal(chance: &mut Chance) -> Vec<KeyValue> {
    vec![
        text("code.function.name", "search::parse"),
        number("search.terms", chance.below(8) as i64),
        text(
            "search.language",
            ["en", "de", "fr"][chance.below(3) as usize],
        ),
        number("search.results", chance.below(200) as i64),
        text("cache.key", &format!("s:{:08x}", chance.below(50_000))),
        text("thread.name", "worker-1"),
        number("thread.id", 1 + chance.below(8) as i64),
        text("request.id", &format!("{:016x}", chance.next())),
        text("feature.flag", "ranker-v2"),
    ]
}

fn body(service: &str, spans: Vec<Span>) -> Body {
    let count = spans.len();
    let request = ExportTraceServiceRequest {
        resource_spans: vec![ResourceSpans {
            resource: Some(Resource {
                attributes: vec![
                    text("service.name", service),
                    text("service.version", "2026.11.3"),
                    text("service.instance.id", &format!("{service}-1")),
                    text("deployment.environment.name", "production"),
                    text("host.name", "app-1"),
                    number("process.pid", 4711),
                ],
                ..Resource::default()
            }),
            scope_spans: vec![ScopeSpans {
                scope: Some(InstrumentationScope {
                    name: "throughline-telemetry".to_owned(),
                    version: "0.1.0".to_owned(),
                    ..InstrumentationScope::default()
                }),
                spans,
                ..ScopeSpans::default()
            }],
            ..ResourceSpans::default()
        }],
    };
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    let raw = request.encode_to_vec();
    let written = encoder.write_all(&raw);
    let gzip = written.and_then(|()| encoder.finish());
    Body {
        gzip: gzip.expect("memory takes what is written").into(),
        raw_bytes: raw.len(),
        spans: count,
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
        value: Some(AnyValue { value: Some(value) }),
        ..KeyValue::default()
    }
}

fn trace_id(trace: u64) -> [u8; 16] {
    (u128::from(mixed(trace + 1)) << 64 | u128::from(mixed(trace ^ 0x5555_5555))).to_be_bytes()
}

/// Spreads a number over all 64 bits, one to one (SplitMix64's last steps).
fn mixed(number: u64) -> u64 {
    let number = (number ^ number >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ number >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ number >> 31
}

/// Chance that is the same in every run (xorshift64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: u64) -> u64 {
        (self.next() >> 11) % end
    }
}
