//! Turning the kit on and off: `init` for a process, [`Telemetry`] as what has to be kept until the end.

use std::future::Future;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use opentelemetry::trace::{FutureExt as _, TracerProvider};
use opentelemetry::{Context, InstrumentationScope, global};
use opentelemetry_sdk::trace::{SdkTracer, SdkTracerProvider};
use tracing::Subscriber;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{EnvFilter, Layer, Registry};

use crate::config::Config;
use crate::kit::{self, Kit};
use crate::logs::JsonLines;
use crate::{exporter, filter};

/// How long dropping [`Telemetry`] waits for the last spans to be sent.
const DROP_FLUSH: Duration = Duration::from_secs(5);

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
        let provider = config
            .enabled
            .then(|| exporter::provider(&config))
            .transpose();
        let provider = provider.unwrap_or_else(|error| {
            config.warnings.push(error.to_string());
            None
        });
        Self::over(config, provider)
    }

    /// The telemetry of one service over a provider of any kind.
    pub(crate) fn over(config: Config, provider: Option<SdkTracerProvider>) -> Self {
        let tracer = provider.as_ref().map(tracer);
        let kit = Arc::new(Kit {
            tracer,
            propagator: config.propagator.clone(),
        });
        Self {
            config,
            kit,
            provider,
        }
    }

    /// What `init` installs: log lines to `writer`, internal spans to the service's tracer, each with a
    /// filter of its own.
    pub fn subscriber<W>(&self, writer: W) -> impl Subscriber + Send + Sync + use<W>
    where
        W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
    {
        let wanted = EnvFilter::builder().parse_lossy(&self.config.log_filter);
        let lines = JsonLines::new(self.config.service.clone(), writer).with_filter(wanted);
        let spans = self.kit.tracer.clone().map(internal_spans);
        Registry::default().with(lines).with(spans)
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
            let endpoint = self.config.shown_endpoint();
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

    /// Sends what is left and stops. Never takes longer than `deadline`, also when the store is gone;
    /// spans that could not be sent by then are lost, and that is logged.
    ///
    /// Call it last: spans that are still open are not recorded.
    pub async fn shutdown(mut self, deadline: Duration) {
        let Some(provider) = self.provider.take() else {
            return;
        };
        // On a thread where blocking is allowed: on a runtime of one worker it would wait for itself.
        let flush = move || provider.shutdown_with_timeout(deadline);
        match tokio::task::spawn_blocking(flush).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!("could not send the last spans: {error}"),
            Err(error) => tracing::warn!("could not send the last spans: {error}"),
        }
    }
}

impl Drop for Telemetry {
    fn drop(&mut self) {
        if let Some(provider) = self.provider.take() {
            // Nothing to do about a failure this late; the SDK has logged it.
            let _ = provider.shutdown_with_timeout(DROP_FLUSH);
        }
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
