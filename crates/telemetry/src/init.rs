//! Turning the kit on and off: `init` for a process, [`Telemetry`] as what has to be kept until the end.

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use opentelemetry::trace::{FutureExt as _, TracerProvider};
use opentelemetry::{Context, InstrumentationScope, global};
use opentelemetry_sdk::logs::SdkLoggerProvider;
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider, SpanData};
use tracing::Subscriber;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{EnvFilter, Layer, Registry};

use crate::config::{Config, Exporter};
use crate::export::{self, Counts, Pipeline, Record};
use crate::filter;
use crate::kit::{self, Kit};
use crate::logs::{self, JsonLines};
use crate::metrics::Metrics;
use crate::privacy::Guard;

/// How long dropping [`Telemetry`] waits for the last spans to be sent.
const DROP_FLUSH: Duration = Duration::from_secs(5);

/// The longest that anybody waits for a flush, whatever was asked for.
const LIMIT_MAX: Duration = Duration::from_secs(24 * 3600);

static STARTED: AtomicBool = AtomicBool::new(false);

/// Why `init` refused. What is wrong with the settings is never a reason: that is logged, and the program
/// runs with what is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InitError {
    /// A process is initialised once.
    #[error("telemetry is already initialised")]
    AlreadyInitialized,
    /// Somebody else installed a `tracing` subscriber; two would record everything twice.
    #[error("could not install the tracing subscriber: there is one already")]
    SubscriberPresent,
}

/// The running telemetry of a service. Keep it until the program ends: dropping it sends what is left, and
/// [`shutdown`](Telemetry::shutdown) does so without blocking.
#[derive(Debug)]
#[must_use = "dropping it ends the telemetry"]
pub struct Telemetry {
    config: Config,
    kit: Arc<Kit>,
    provider: Option<SdkTracerProvider>,
    logger: Option<SdkLoggerProvider>,
    ways: Ways,
    guard: Guard,
}

/// Starts the telemetry of this process with the settings of its environment. `OTEL_SERVICE_NAME` wins
/// over `default_service`. Log lines go to stdout as JSON from here on.
///
/// # Errors
/// The second time, and when another `tracing` subscriber is installed.
pub fn init(default_service: &str) -> Result<Telemetry, InitError> {
    start(Config::from_process(default_service))
}

/// [`init`] with settings of your own.
///
/// # Errors
/// As [`init`].
pub fn start(config: Config) -> Result<Telemetry, InitError> {
    if STARTED.swap(true, Ordering::SeqCst) {
        return Err(InitError::AlreadyInitialized);
    }
    let telemetry = Telemetry::build(config);
    if tracing::subscriber::set_global_default(telemetry.subscriber(io::stdout)).is_err() {
        STARTED.store(false, Ordering::SeqCst);
        return Err(InitError::SubscriberPresent);
    }
    kit::set_process(telemetry.kit.clone());
    global::set_text_map_propagator(telemetry.kit.propagator.clone());
    if let Some(provider) = &telemetry.provider {
        global::set_tracer_provider(provider.clone());
    }
    telemetry.announce();
    Ok(telemetry)
}

impl Telemetry {
    /// The telemetry of one service, without touching anything global: for tests, and for a process that
    /// holds several services. Code belongs to it inside [`scope`](Telemetry::scope).
    ///
    /// A service whose exporter cannot be built runs without one: telemetry never stops its host.
    pub fn build(mut config: Config) -> Self {
        let guard = Guard::new(&config.privacy);
        let (mut provider, mut logger, mut ways) = (None, None, Ways::default());
        if config.enabled {
            match export::tracer_provider(&config, &guard) {
                Ok((made, way)) => (provider, ways.spans) = (Some(made), way),
                Err(error) => config.warnings.push(error.to_string()),
            }
            match export::logger_provider(&config, &guard) {
                Ok(Some((made, way))) => (logger, ways.records) = (Some(made), Some(way)),
                Ok(None) => {}
                Err(error) => config.warnings.push(error.to_string()),
            }
        }
        Self::over(config, provider, logger, ways, guard)
    }

    /// The telemetry of one service over a provider of any kind.
    pub(crate) fn over(
        mut config: Config,
        provider: Option<SdkTracerProvider>,
        logger: Option<SdkLoggerProvider>,
        ways: Ways,
        guard: Guard,
    ) -> Self {
        let metrics = provider
            .as_ref()
            .and_then(|_| Metrics::new(&mut config, ways.spans.as_ref(), &guard));
        let kit = Arc::new(Kit {
            tracer: provider.as_ref().map(tracer),
            metrics: metrics.map(Arc::new),
            propagator: config.propagator.clone(),
            jobs: config.jobs,
        });
        Self {
            config,
            kit,
            provider,
            logger,
            ways,
            guard,
        }
    }

    /// What `init` installs: log lines to `writer`, internal spans to the service's tracer, each with a
    /// filter of its own.
    pub fn subscriber<W>(&self, writer: W) -> impl Subscriber + Send + Sync + use<W>
    where
        W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
    {
        let wanted = EnvFilter::builder().parse_lossy(&self.config.log_filter);
        let lines = JsonLines::new(self.config.service.clone(), self.guard.clone(), writer)
            .with_filter(wanted);
        let spans = self.kit.tracer.clone().map(internal_spans);
        let records = |provider| logs::records(provider, &self.config.log_filter);
        let records = self.logger.as_ref().map(records);
        Registry::default().with(lines).with(spans).with(records)
    }

    /// The lines by which an operator sees at once whether tracing is on and where it goes.
    fn announce(&self) {
        let Config {
            service,
            environment,
            warnings,
            ..
        } = &self.config;
        for warning in warnings {
            tracing::warn!("{warning}");
        }
        if self.enabled() {
            let environment = environment.as_deref().unwrap_or("unset");
            let endpoint = match self.config.traces_exporter {
                Exporter::Otlp => self.config.traces.shown_endpoint(),
                Exporter::Console => "console".to_owned(),
                Exporter::None => "none".to_owned(),
            };
            tracing::info!(
                "OpenTelemetry initialized: service={service} environment={environment} endpoint={endpoint}"
            );
        } else {
            tracing::info!("OpenTelemetry disabled: service={service}");
        }
    }

    /// Whether spans are recorded.
    pub fn enabled(&self) -> bool {
        self.kit.is_on()
    }

    /// Runs `future` as part of this service, where a process holds several or a test makes its own.
    /// Routers wrapped inside belong to the service as well.
    pub fn scope<F: Future>(&self, future: F) -> impl Future<Output = F::Output> + use<F> {
        future.with_context(kit::owned_by(&self.kit, &Context::current()))
    }

    /// What became of the spans that have ended so far.
    pub fn counts(&self) -> Counts {
        let spans = self.ways.spans.as_ref();
        spans.map(Pipeline::counts).unwrap_or_default()
    }

    /// The service's metrics in Prometheus' text format; empty when there are none. With axum,
    /// [`http_server::metrics`](crate::http_server::metrics) is a handler that answers with it.
    pub fn prometheus(&self) -> String {
        let metrics = self.kit.metrics.as_ref();
        metrics
            .map(|metrics| metrics.prometheus())
            .unwrap_or_default()
    }

    /// Sends what has ended by now, and goes on: before a process is frozen, or at the end of a short command. True
    /// when nothing waits any more, whether the store accepted it or not: [`counts`](Telemetry::counts) tells.
    ///
    /// # Panics
    /// Outside a tokio runtime.
    pub async fn flush(&self, deadline: Duration) -> bool {
        let ways = self.ways.clone();
        let flushed = tokio::task::spawn_blocking(move || ways.flush(deadline)).await;
        flushed.unwrap_or(false)
    }

    /// Sends what is left and stops. Never takes longer than `deadline`, also when the store is gone;
    /// spans that could not be sent by then are lost, and that is logged.
    ///
    /// Call it last: spans that are still open are not recorded. What it returns are the final
    /// [`counts`](Telemetry::counts).
    ///
    /// # Panics
    /// Outside a tokio runtime; there, dropping it does the same within five seconds.
    pub async fn shutdown(mut self, deadline: Duration) -> Counts {
        let Some(last) = self.last() else {
            return self.counts();
        };
        // On a thread where blocking is allowed: on a runtime of one worker it would wait for itself.
        let flushed = tokio::task::spawn_blocking(move || last.flush(deadline)).await;
        if let Some(error) = flushed.unwrap_or_else(|error| Some(error.to_string())) {
            tracing::warn!("could not send the last spans: {error}");
        }
        self.counts()
    }

    /// The ways out, to be flushed by somebody who does not keep the telemetry.
    pub(crate) fn ways(&self) -> Ways {
        self.ways.clone()
    }

    /// What has to be ended; None the second time.
    fn last(&mut self) -> Option<Last> {
        if self.provider.is_none() && self.logger.is_none() {
            return None;
        }
        Some(Last {
            provider: self.provider.take(),
            logger: self.logger.take(),
            metrics: self.kit.metrics.clone(),
        })
    }
}

impl Drop for Telemetry {
    fn drop(&mut self) {
        if let Some(last) = self.last() {
            // Nobody is left to be told about a failure this late.
            let _ = last.flush(DROP_FLUSH);
        }
    }
}

/// Where spans and log records leave the process. None where they go nowhere, or into memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ways {
    spans: Option<Pipeline<SpanData>>,
    records: Option<Pipeline<Record>>,
}

impl Ways {
    /// Sends what waits now. Blocks for `limit` at most; false when something still waits.
    pub(crate) fn flush(&self, limit: Duration) -> bool {
        let end = Instant::now() + limit.min(LIMIT_MAX);
        let left = || end.saturating_duration_since(Instant::now());
        let spans = self
            .spans
            .as_ref()
            .is_none_or(|way| way.flush(left()).is_ok());
        let records = self
            .records
            .as_ref()
            .is_none_or(|way| way.flush(left()).is_ok());
        spans && records
    }
}

/// Everything that sends something at the end, in the order in which it is ended.
struct Last {
    provider: Option<SdkTracerProvider>,
    logger: Option<SdkLoggerProvider>,
    metrics: Option<Arc<Metrics>>,
}

impl Last {
    /// Blocks for `limit` at most; returns what went wrong with the spans.
    fn flush(self, limit: Duration) -> Option<String> {
        let end = Instant::now() + limit.min(LIMIT_MAX);
        let left = || end.saturating_duration_since(Instant::now());
        let spans = self
            .provider
            .map_or(Ok(()), |provider| provider.shutdown_with_timeout(left()));
        if let Some(logger) = self.logger {
            // A failure has been counted and logged where it happened.
            let _ = logger.shutdown_with_timeout(left());
        }
        if let Some(metrics) = self.metrics {
            metrics.shutdown(left());
        }
        spans.err().map(|error| error.to_string())
    }
}

fn tracer(provider: &SdkTracerProvider) -> SdkTracer {
    let scope = InstrumentationScope::builder(env!("CARGO_PKG_NAME"))
        .with_version(env!("CARGO_PKG_VERSION"))
        .build();
    provider.tracer_with_scope(scope)
}

/// `#[instrument]` and `info_span!` as trace spans, without the ten attributes the bridge would add.
fn internal_spans<S>(tracer: SdkTracer) -> impl Layer<S>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    tracing_opentelemetry::layer()
        .with_tracer(tracer)
        .with_location(false)
        .with_threads(false)
        .with_target(false)
        .with_tracked_inactivity(false)
        .with_filter(filter::spans())
}
