//! The service's metrics: what the edges measure, what the process needs, and what became of its spans. They are kept
//! by the SDK, there to be asked for in Prometheus' format, and sent by OTLP when that is asked for.

use opentelemetry::metrics::{Counter, Histogram, Meter, MeterProvider as _};
use opentelemetry_sdk::metrics::SdkMeterProvider;
use opentelemetry_sdk::trace::SpanData;
use prometheus::{Encoder as _, Registry, TextEncoder};

use crate::config::{Config, MetricsExporter};
use crate::export::metrics::Requests;
use crate::export::{self, Pipeline};
use crate::privacy::Guard;

/// Requests that are being served.
mod active;
/// What became of the spans.
mod books;
/// Memory, processor time, files, tasks.
mod process;
/// How long something took.
mod timer;

use active::Active;
pub(crate) use active::InFlight;
pub(crate) use timer::Timer;

/// Seconds; those that the conventions advise for requests.
const SECONDS: [f64; 14] = [
    0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0,
];
/// Jobs may take minutes, and wait for hours.
const JOB_SECONDS: [f64; 12] = [
    0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0, 7200.0,
];

/// What the edges write to. All times are in seconds.
#[derive(Debug)]
pub(crate) struct Metrics {
    pub(crate) http_server: Histogram<f64>,
    pub(crate) http_server_active: Active,
    pub(crate) http_client: Histogram<f64>,
    pub(crate) db_client: Histogram<f64>,
    pub(crate) mcp_server: Histogram<f64>,
    pub(crate) jobs_sent: Counter<u64>,
    pub(crate) jobs_consumed: Counter<u64>,
    pub(crate) jobs_duration: Histogram<f64>,
    pub(crate) jobs_wait: Histogram<f64>,
    registry: Registry,
    provider: SdkMeterProvider,
    _requests: Option<Requests>,
}

impl Metrics {
    /// The metrics of one service; None when the settings want none. What is wrong with their way to the store is
    /// added to the settings' warnings.
    pub(crate) fn new(
        config: &mut Config,
        spans: Option<&Pipeline<SpanData>>,
        guard: &Guard,
    ) -> Option<Self> {
        let registry = Registry::new();
        let asked = opentelemetry_prometheus::exporter()
            .with_registry(registry.clone())
            .build();
        let mut builder =
            SdkMeterProvider::builder().with_resource(guard.resource(&export::resource(config)));
        match asked {
            Ok(reader) => builder = builder.with_reader(reader),
            Err(error) => config
                .warnings
                .push(format!("could not build the metrics registry: {error}")),
        }
        let mut requests = None;
        match config.metrics_exporter {
            MetricsExporter::None => return None,
            MetricsExporter::Prometheus => {}
            MetricsExporter::Otlp => match export::metrics::reader(&config.metrics) {
                Ok((reader, kept)) => {
                    builder = builder.with_reader(reader);
                    requests = Some(kept);
                }
                Err(error) => config.warnings.push(error.to_string()),
            },
        }
        let provider = builder.build();
        let meter = provider.meter(env!("CARGO_PKG_NAME"));
        process::observe(&meter);
        books::observe_redactions(&meter, guard);
        if let Some(spans) = spans {
            books::observe(&meter, spans);
        }
        Some(Self::over(&meter, provider.clone(), registry, requests))
    }

    fn over(
        meter: &Meter,
        provider: SdkMeterProvider,
        registry: Registry,
        requests: Option<Requests>,
    ) -> Self {
        let seconds = |name: &'static str, bounds: &[f64], what: &'static str| {
            let builder = meter.f64_histogram(name).with_unit("s");
            let bounded = builder.with_boundaries(bounds.to_vec());
            bounded.with_description(what).build()
        };
        let count = |name: &'static str, what: &'static str| {
            let builder = meter.u64_counter(name).with_unit("{message}");
            builder.with_description(what).build()
        };
        Self {
            http_server: seconds(
                "http.server.request.duration",
                &SECONDS,
                "Duration of HTTP requests served",
            ),
            http_server_active: Active::observed(meter),
            http_client: seconds(
                "http.client.request.duration",
                &SECONDS,
                "Duration of HTTP requests sent",
            ),
            db_client: seconds(
                "db.client.operation.duration",
                &SECONDS,
                "Duration of database operations",
            ),
            mcp_server: seconds(
                "mcp.server.operation.duration",
                &SECONDS,
                "Duration of MCP requests served",
            ),
            jobs_sent: count("messaging.client.sent.messages", "Jobs enqueued"),
            jobs_consumed: count(
                "messaging.client.consumed.messages",
                "Attempts to run a job",
            ),
            jobs_duration: seconds(
                "messaging.process.duration",
                &JOB_SECONDS,
                "Duration of attempts to run a job",
            ),
            jobs_wait: seconds(
                "kit.job.wait.duration",
                &JOB_SECONDS,
                "Time between enqueueing a job and an attempt to run it",
            ),
            registry,
            provider,
            _requests: requests,
        }
    }

    /// Everything as Prometheus wants it.
    pub(crate) fn prometheus(&self) -> String {
        let mut text = Vec::new();
        // Writing into a Vec fails only for families without a metric, of which there are none.
        let _ = TextEncoder::new().encode(&self.registry.gather(), &mut text);
        String::from_utf8(text).unwrap_or_default()
    }

    /// Sends what there is to be sent, for the last time.
    pub(crate) fn shutdown(&self, limit: std::time::Duration) {
        // A store that is gone costs the last reading, which the SDK has logged.
        let _ = self.provider.shutdown_with_timeout(limit);
    }
}
