//! The settings of the kit: one plain value, made by one pure function from the environment. Nothing else
//! in the kit reads a variable, and nothing is remembered between two readings.

use opentelemetry_sdk::trace::{Sampler, SpanLimits};

use crate::attrs;
use crate::jobs::Options;
use crate::privacy::Rules;
use crate::propagation::Propagator;

/// How spans and log records wait.
mod batch;
/// What becomes of each signal.
mod exporters;
/// The headers sent with every export, and how they are parsed.
mod headers;
/// How jobs appear in traces.
mod jobs;
/// How much one span may hold.
mod limits;
/// Where a signal goes by OTLP.
mod otlp;
/// The privacy variables.
mod privacy;
/// `OTEL_PROPAGATORS`.
pub(crate) mod propagators;
/// One variable at a time: empty is unset, nonsense is a warning.
mod reader;
/// The sampler variables.
mod sampler;

pub use batch::Batch;
pub use exporters::{Exporter, MetricsExporter};
pub use headers::Headers;
pub(crate) use otlp::Signal;
pub use otlp::{Otlp, Protocol, Tls};
use reader::Reader;

/// `sqlx` logs statements with their text.
const LOG_FILTER_DEFAULT: &str = "info,sqlx::query=off";

/// What `init` needs to know.
#[derive(Clone, Debug)]
pub struct Config {
    /// Whether spans and metrics are recorded. Contexts are passed on and logs are written either way.
    pub enabled: bool,
    /// `service.name`.
    pub service: String,
    /// `deployment.environment.name`.
    pub environment: Option<String>,
    /// Further resource attributes, in the order given.
    pub resource: Vec<(String, String)>,
    /// What becomes of spans.
    pub traces_exporter: Exporter,
    /// Where spans go by OTLP.
    pub traces: Otlp,
    /// Which traces are recorded.
    pub sampler: Sampler,
    /// How much one span may hold.
    pub limits: SpanLimits,
    /// How spans wait for their export.
    pub batch: Batch,
    /// What becomes of log records, beside the lines on stdout.
    pub logs_exporter: Exporter,
    /// Where log records go by OTLP.
    pub logs: Otlp,
    /// How log records wait for their export.
    pub logs_batch: Batch,
    /// What becomes of metrics.
    pub metrics_exporter: MetricsExporter,
    /// Where metrics go by OTLP.
    pub metrics: Otlp,
    /// How contexts cross process boundaries.
    pub propagator: Propagator,
    /// How jobs appear in traces.
    pub jobs: Options,
    /// What is taken out of everything that leaves the process.
    pub privacy: Rules,
    /// Which log lines are written, in the syntax of `RUST_LOG`. Spans are filtered on their own.
    pub log_filter: String,
    /// What was wrong with the variables; logged once at start.
    pub warnings: Vec<String>,
}

impl Config {
    /// The settings of this process: [`Config::from_lookup`] over its environment.
    pub fn from_process(default_service: &str) -> Self {
        Self::from_lookup(default_service, &|name| std::env::var(name).ok())
    }

    /// The settings in the variables that `lookup` finds. `default_service` names the service when
    /// neither `OTEL_SERVICE_NAME` nor `OTEL_RESOURCE_ATTRIBUTES` does.
    pub fn from_lookup(default_service: &str, lookup: &dyn Fn(&str) -> Option<String>) -> Self {
        let mut env = Reader::new(lookup);
        let mut resource = env.resource("OTEL_RESOURCE_ATTRIBUTES");
        let named = take(&mut resource, attrs::SERVICE_NAME);
        let service = env.text("OTEL_SERVICE_NAME").or(named);
        let old_name = take(&mut resource, attrs::DEPLOYMENT_ENVIRONMENT);
        let environment = take(&mut resource, attrs::DEPLOYMENT_ENVIRONMENT_NAME)
            .or(old_name)
            .or_else(|| env.text("DEPLOYMENT_ENVIRONMENT"))
            .or_else(|| env.text("ENVIRONMENT"));
        warn_of_unsupported(&mut env);
        let logs_exporter = exporters::logs(&mut env);
        let metrics_exporter = exporters::metrics(&mut env);
        // What is wrong with the way to a store that nothing is sent to is not worth a word.
        let mut unused = Reader::new(lookup);
        let logs_sent = logs_exporter == Exporter::Otlp;
        let logs = Otlp::from_env(if logs_sent { &mut env } else { &mut unused }, Signal::Logs);
        let metrics_sent = metrics_exporter == MetricsExporter::Otlp;
        let metrics = Otlp::from_env(
            if metrics_sent { &mut env } else { &mut unused },
            Signal::Metrics,
        );
        Self {
            enabled: enabled(&mut env),
            service: service.unwrap_or_else(|| default_service.to_owned()),
            environment,
            resource,
            traces_exporter: exporters::traces(&mut env),
            traces: Otlp::from_env(&mut env, Signal::Traces),
            sampler: sampler::from_env(&mut env),
            limits: limits::from_env(&mut env),
            batch: batch::spans(&mut env),
            logs_exporter,
            logs,
            logs_batch: batch::logs(&mut env),
            metrics_exporter,
            metrics,
            propagator: propagators::from_env(&mut env),
            jobs: jobs::from_env(&mut env),
            privacy: privacy::from_env(&mut env),
            log_filter: log_filter(&env),
            warnings: env.into_warnings(),
        }
    }
}

fn take(pairs: &mut Vec<(String, String)>, key: &str) -> Option<String> {
    let at = pairs.iter().position(|(name, _)| name == key)?;
    Some(pairs.remove(at).1)
}

/// The team's own switch, and the standard's.
fn enabled(env: &mut Reader) -> bool {
    let value = env.text("ENABLE_OTEL").unwrap_or_default();
    let is_one_of = |words: &[&str]| words.iter().any(|word| value.eq_ignore_ascii_case(word));
    let on = is_one_of(&["1", "true", "yes", "y", "on"]);
    if !on && !is_one_of(&["", "0", "false", "no", "n", "off"]) {
        env.warn(format!(
            "ENABLE_OTEL: {value:?} is neither on nor off; off is used"
        ));
    }
    let disabled = env.standard_flag("OTEL_SDK_DISABLED");
    on && !disabled
}

/// Variables of the standard that ask for what the kit does not do.
fn warn_of_unsupported(env: &mut Reader) {
    if env.text("OTEL_CONFIG_FILE").is_some() {
        env.warn(
            "OTEL_CONFIG_FILE: configuration files are not read; the other variables count"
                .to_owned(),
        );
    }
    let opted = env
        .text("OTEL_SEMCONV_STABILITY_OPT_IN")
        .unwrap_or_default();
    if opted.split(',').any(|group| group.trim().ends_with("/dup")) {
        env.warn(
            "OTEL_SEMCONV_STABILITY_OPT_IN: old attribute names are not written beside the stable ones".to_owned(),
        );
    }
}

/// `RUST_LOG`, or the standard's own level.
fn log_filter(env: &Reader) -> String {
    let level = || {
        let level = env.text("OTEL_LOG_LEVEL")?.to_ascii_lowercase();
        let level = if level == "none" { "off" } else { &level };
        Some(format!("{level},sqlx::query=off"))
    };
    env.text("RUST_LOG")
        .or_else(level)
        .unwrap_or_else(|| LOG_FILTER_DEFAULT.to_owned())
}
