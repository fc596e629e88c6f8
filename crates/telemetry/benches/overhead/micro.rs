//! Single operations of the kit, by criterion in the calling thread's processor time. The guard over
//! attributes has no door to the outside: what it costs where spans end is part of the first figure.

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use axum::http::HeaderMap;
use criterion::Criterion;
use opentelemetry::propagation::TextMapPropagator as _;
use opentelemetry::trace::{Span as _, SpanKind, Tracer as _};
use opentelemetry::{Context, KeyValue, global};
use opentelemetry_http::{HeaderExtractor, HeaderInjector};
use throughline_telemetry::propagation::Propagator;
use throughline_telemetry::{Config, http_server};
use tower::layer::util::Identity;

use crate::collector::{Collector, HEALTHY};
use crate::measure::{DELAY, SLICE_REQUESTS};
use crate::thread_time::{ThreadTime, now_ns};
use crate::{call, lessons};

pub(crate) fn run() {
    let collector = Collector::start(HEALTHY);
    let delay = DELAY.as_millis().to_string();
    let lookup = |name: &str| match name {
        "ENABLE_OTEL" => Some("1".to_owned()),
        "OTEL_EXPORTER_OTLP_ENDPOINT" => Some(collector.url.clone()),
        "OTEL_BSP_SCHEDULE_DELAY" => Some(delay.clone()),
        "RUST_LOG" => Some("off".to_owned()),
        _ => None,
    };
    let config = Config::from_lookup("lessons-api", &lookup);
    let telemetry = throughline_telemetry::start(config).unwrap();
    let mut criterion = Criterion::default()
        .with_measurement(ThreadTime)
        .warm_up_time(Duration::from_secs(1))
        .measurement_time(Duration::from_secs(3))
        .sample_size(50)
        .without_plots();
    span(&mut criterion, &collector);
    excluded(&mut criterion);
    propagation(&mut criterion);
    drop(telemetry);
}

/// As many as the queue holds, then a wait that is not counted.
fn span(criterion: &mut Criterion<ThreadTime>, collector: &Collector) {
    let tracer = global::tracer("bench");
    let ended = AtomicU64::new(collector.accepted());
    criterion.bench_function("span with 10 attributes, start to end", |bencher| {
        bencher.iter_custom(|iterations| {
            let mut spent = 0;
            let mut left = iterations;
            while left > 0 {
                let now = left.min(SLICE_REQUESTS as u64);
                let start = now_ns();
                for _ in 0..now {
                    let builder = tracer
                        .span_builder("GET /lessons/{id}")
                        .with_kind(SpanKind::Server)
                        .with_attributes(attributes());
                    tracer.build_with_context(builder, &Context::new()).end();
                }
                spent += now_ns() - start;
                left -= now;
                let total = ended.fetch_add(now, Ordering::Relaxed) + now;
                drained(collector, total);
            }
            spent
        });
    });
}

fn attributes() -> Vec<KeyValue> {
    vec![
        KeyValue::new("http.request.method", "GET"),
        KeyValue::new("url.scheme", "http"),
        KeyValue::new("http.route", "/lessons/{id}"),
        KeyValue::new("url.path", "/lessons/{id}"),
        KeyValue::new("network.protocol.version", "1.1"),
        KeyValue::new("server.address", "api.instainstru.example".to_owned()),
        KeyValue::new("server.port", 8443),
        KeyValue::new("user_agent.original", "Mozilla/5.0 (X11)".to_owned()),
        KeyValue::new("request.id", "0199-4c5a".to_owned()),
        KeyValue::new("http.response.status_code", 200),
    ]
}

fn drained(collector: &Collector, ended: u64) {
    let start = Instant::now();
    while collector.accepted() + 512 <= ended && start.elapsed() < Duration::from_secs(1) {
        thread::sleep(Duration::from_millis(1));
    }
}

/// Beside the same router under a layer that does nothing: any layer makes axum box once more.
fn excluded(criterion: &mut Criterion<ThreadTime>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let pairs = [
        (
            "/health under no layer's work",
            lessons::router(|| {}, Duration::ZERO).layer(Identity::new()),
        ),
        (
            "/health under the kit",
            http_server::wrap(lessons::router(|| {}, Duration::ZERO)),
        ),
    ];
    for (name, router) in pairs {
        criterion.bench_function(name, |bencher| {
            bencher.iter(|| runtime.block_on(call::once(&router, call::HEALTH)));
        });
    }
}

fn propagation(criterion: &mut Criterion<ThreadTime>) {
    let propagator = Propagator::default();
    let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    let incoming = HeaderMap::from_iter([
        ("traceparent".parse().unwrap(), parent.parse().unwrap()),
        (
            "tracestate".parse().unwrap(),
            "rojo=00f067aa0ba902b7".parse().unwrap(),
        ),
    ]);
    let fresh = Context::new();
    criterion.bench_function("propagation, extract and inject", |bencher| {
        bencher.iter(|| {
            let cx = propagator.extract_with_context(&fresh, &HeaderExtractor(&incoming));
            let mut outgoing = HeaderMap::with_capacity(4);
            propagator.inject_context(&cx, &mut HeaderInjector(&mut outgoing));
            outgoing
        });
    });
}
