//! Who is compared. Each is set up as its own documentation says; where that says nothing, or where a
//! default would only cost it time (log lines, attributes that the others do not write), in its favour.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum_tracing_opentelemetry::middleware::{OtelAxumLayer, OtelInResponseLayer};
use opentelemetry::trace::{TraceContextExt as _, TracerProvider as _};
use opentelemetry::{Context, KeyValue, global};
use opentelemetry_instrumentation_tower::http::server::LayerBuilder;
use opentelemetry_otlp::{
    MetricExporter, SpanExporter, WithExportConfig as _, WithHttpConfig as _,
};
use opentelemetry_sdk::metrics::SdkMeterProvider;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{BatchConfigBuilder, BatchSpanProcessor, SdkTracerProvider};
use throughline_telemetry::{Config, Telemetry, http_server};
use tracing_opentelemetry::OpenTelemetrySpanExt as _;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, Layer as _};

use crate::call::{HEALTH, LESSON};
use crate::lessons;
use crate::measure::DELAY;

/// How many attributes the handler adds, so that every contender's span has the same number.
pub(crate) type Added = Arc<AtomicUsize>;

/// What the handler adds, as far as it is asked to.
const KEYS: [&str; 10] = [
    "app.lesson.id",
    "app.instructor.id",
    "app.instrument",
    "app.level",
    "app.city",
    "app.price.currency",
    "app.plan",
    "app.experiment",
    "app.cache",
    "app.locale",
];

/// The filter of its documentation: its spans are of the level TRACE.
const AXUM_TRACING_SPANS: &str = "info,otel::tracing=trace";

/// One way to serve the lessons.
#[derive(Debug)]
pub(crate) struct Contender {
    pub(crate) name: &'static str,
    /// The path that is called.
    pub(crate) path: &'static str,
    /// Whether a span is expected of each request.
    pub(crate) records: bool,
    /// The service that exports to the collector at this address.
    pub(crate) build: fn(&str, Added) -> Built,
}

/// A service, and what ends its telemetry when it is dropped.
pub(crate) struct Built {
    pub(crate) router: Router,
    pub(crate) ending: Box<dyn FnOnce()>,
}

/// The first is what the others are compared with, the second is the kit.
pub(crate) const CONTENDERS: [Contender; 9] = [
    contender("bare", LESSON, false, bare),
    contender("the kit", LESSON, true, kit),
    contender("the kit, off", LESSON, false, kit_off),
    contender("axum-tracing-opentelemetry", LESSON, true, axum_tracing),
    contender(
        "  the same with the bridge's defaults",
        LESSON,
        true,
        axum_tracing_default,
    ),
    contender(
        "opentelemetry-instrumentation-tower",
        LESSON,
        true,
        tower_all,
    ),
    contender("  the same without its metrics", LESSON, true, tower_traces),
    contender("bare, /health", HEALTH, false, bare),
    contender("the kit, /health", HEALTH, false, kit),
];

const fn contender(
    name: &'static str,
    path: &'static str,
    records: bool,
    build: fn(&str, Added) -> Built,
) -> Contender {
    Contender {
        name,
        path,
        records,
        build,
    }
}

fn bare(_: &str, _: Added) -> Built {
    Built {
        router: lessons::router(|| {}, Duration::ZERO),
        ending: Box::new(|| {}),
    }
}

fn kit(url: &str, added: Added) -> Built {
    kit_that_is("1", url, added)
}

fn kit_off(url: &str, added: Added) -> Built {
    kit_that_is("0", url, added)
}

/// `init` with the environment of a service, and `wrap`.
fn kit_that_is(on: &str, url: &str, added: Added) -> Built {
    let delay = DELAY.as_millis().to_string();
    let lookup = |name: &str| match name {
        "ENABLE_OTEL" => Some(on.to_owned()),
        "OTEL_EXPORTER_OTLP_ENDPOINT" => Some(url.to_owned()),
        "OTEL_BSP_SCHEDULE_DELAY" => Some(delay.clone()),
        _ => None,
    };
    let config = Config::from_lookup("lessons-api", &lookup);
    let telemetry: Telemetry = throughline_telemetry::start(config).unwrap();
    Built {
        router: http_server::wrap(lessons::router(
            move || annotate_context(&added),
            Duration::ZERO,
        )),
        ending: Box::new(move || drop(telemetry)),
    }
}

/// Its README's two layers over a subscriber with a bridge to the SDK. Its own set-up writes log lines as
/// well, and the bridge would add eight attributes on code, thread and time: both are left out.
fn axum_tracing(url: &str, added: Added) -> Built {
    let provider = provider(url);
    let bridge = tracing_opentelemetry::layer()
        .with_tracer(provider.tracer("lessons-api"))
        .with_location(false)
        .with_threads(false)
        .with_target(false)
        .with_tracked_inactivity(false)
        .with_filter(EnvFilter::new(AXUM_TRACING_SPANS));
    tracing_subscriber::registry().with(bridge).init();
    axum_tracing_over(provider, added)
}

/// With the eight, as most programs will have it.
fn axum_tracing_default(url: &str, added: Added) -> Built {
    let provider = provider(url);
    let bridge = tracing_opentelemetry::layer()
        .with_tracer(provider.tracer("lessons-api"))
        .with_filter(EnvFilter::new(AXUM_TRACING_SPANS));
    tracing_subscriber::registry().with(bridge).init();
    axum_tracing_over(provider, added)
}

fn axum_tracing_over(provider: SdkTracerProvider, added: Added) -> Built {
    let annotate = move || {
        let span = tracing::Span::current();
        for key in KEYS.iter().take(added.load(Ordering::Relaxed)) {
            span.set_attribute(*key, "a value");
        }
    };
    Built {
        router: lessons::router(annotate, Duration::ZERO)
            .layer(OtelInResponseLayer)
            .layer(OtelAxumLayer::default()),
        ending: Box::new(move || provider.shutdown().unwrap()),
    }
}

/// Its layer with the global tracer and the global meter.
fn tower_all(url: &str, added: Added) -> Built {
    let exporter = MetricExporter::builder()
        .with_http()
        .with_http_client(reqwest::blocking::Client::new())
        .with_endpoint(format!("{url}/v1/metrics"))
        .build()
        .unwrap();
    let meters = SdkMeterProvider::builder()
        .with_periodic_exporter(exporter)
        .build();
    global::set_meter_provider(meters.clone());
    let mut built = tower(url, added, true);
    let spans = std::mem::replace(&mut built.ending, Box::new(|| {}));
    built.ending = Box::new(move || {
        spans();
        meters.shutdown().unwrap();
    });
    built
}

fn tower_traces(url: &str, added: Added) -> Built {
    tower(url, added, false)
}

fn tower(url: &str, added: Added, metrics: bool) -> Built {
    let provider = provider(url);
    global::set_tracer_provider(provider.clone());
    let layer = LayerBuilder::builder().with_metrics(metrics).build();
    Built {
        router: lessons::router(move || annotate_context(&added), Duration::ZERO)
            .layer(layer.unwrap()),
        ending: Box::new(move || provider.shutdown().unwrap()),
    }
}

/// The SDK's batch processor and OTLP/HTTP exporter with the kit's own settings and client.
fn provider(url: &str) -> SdkTracerProvider {
    global::set_text_map_propagator(TraceContextPropagator::new());
    let exporter = SpanExporter::builder()
        .with_http()
        .with_http_client(reqwest::blocking::Client::new())
        .with_endpoint(format!("{url}/v1/traces"))
        .build()
        .unwrap();
    let batch = BatchConfigBuilder::default()
        .with_scheduled_delay(DELAY)
        .build();
    let processor = BatchSpanProcessor::builder(exporter)
        .with_batch_config(batch)
        .build();
    SdkTracerProvider::builder()
        .with_span_processor(processor)
        .build()
}

fn annotate_context(added: &AtomicUsize) {
    let wanted = added.load(Ordering::Relaxed);
    if wanted == 0 {
        return;
    }
    Context::map_current(|cx| {
        let span = cx.span();
        for key in KEYS.iter().take(wanted) {
            span.set_attribute(KeyValue::new(*key, "a value"));
        }
    });
}
