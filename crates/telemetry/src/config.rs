//! The settings of the kit: one plain value, made by one pure function from the environment. Nothing else
//! in the kit reads a variable, and nothing is remembered between two readings.

use std::time::Duration;

use opentelemetry_sdk::trace::Sampler;

use crate::attrs;
use crate::propagation::Propagator;

/// The headers sent with every export, and how they are parsed.
mod headers;
/// The privacy variables.
pub(crate) mod privacy;
/// One variable at a time: empty is unset, nonsense is a warning.
mod reader;
/// The sampler variables.
mod sampler;

pub use headers::Headers;
use reader::Reader;

/// The SDK makes room for the whole queue at once.
const BATCH_SPANS_MAX: usize = 1_000_000;
const ENDPOINT_DEFAULT: &str = "http://localhost:4318";
const TRACES_PATH: &str = "/v1/traces";
/// Below the five seconds that `Drop` waits for the last flush, so that a store which hangs costs the
/// spans, not the exit.
const EXPORT_TIMEOUT_DEFAULT: Duration = Duration::from_secs(4);
/// `sqlx` logs statements with their text.
const LOG_FILTER_DEFAULT: &str = "info,sqlx::query=off";

/// What `init` needs to know.
#[derive(Clone, Debug)]
pub struct Config {
    /// Whether spans are recorded. Contexts are passed on and logs are written either way.
    pub enabled: bool,
    /// `service.name`.
    pub service: String,
    /// `deployment.environment.name`.
    pub environment: Option<String>,
    /// Further resource attributes, in the order given.
    pub resource: Vec<(String, String)>,
    /// The full URL that OTLP/HTTP protobuf is sent to.
    pub endpoint: String,
    /// Sent with every export.
    pub headers: Headers,
    /// The time one export may take, with all its retries.
    pub export_timeout: Duration,
    /// Whether exports are compressed with gzip.
    pub gzip: bool,
    /// Which traces are recorded.
    pub sampler: Sampler,
    /// How spans wait for their export.
    pub batch: Batch,
    /// How contexts cross process boundaries.
    pub propagator: Propagator,
    /// Which log lines are written, in the syntax of `RUST_LOG`. Spans are filtered on their own.
    pub log_filter: String,
    /// What was wrong with the variables; logged once at start.
    pub warnings: Vec<String>,
}

/// The queue between the spans' ends and their export. What does not fit is dropped and counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Spans that may wait.
    pub queue_spans_max: usize,
    /// Spans in one request.
    pub export_spans_max: usize,
    /// The longest a span waits when the batch does not fill up.
    pub delay: Duration,
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
        warn_of_protocol(&mut env);
        Self {
            enabled: enabled(&mut env),
            service: service.unwrap_or_else(|| default_service.to_owned()),
            environment,
            resource,
            endpoint: endpoint(&env),
            headers: headers::from_env(&mut env),
            export_timeout: env
                .first_millis(&[
                    "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT",
                    "OTEL_EXPORTER_OTLP_TIMEOUT",
                ])
                .unwrap_or(EXPORT_TIMEOUT_DEFAULT),
            gzip: gzip(&mut env),
            sampler: sampler::from_env(&mut env),
            batch: batch(&mut env),
            propagator: propagator(&mut env),
            log_filter: env
                .text("RUST_LOG")
                .unwrap_or_else(|| LOG_FILTER_DEFAULT.to_owned()),
            warnings: env.into_warnings(),
        }
    }

    /// The endpoint as it may be logged: credentials and API keys are put before its host and behind its path.
    pub(crate) fn shown_endpoint(&self) -> String {
        let Ok(mut url) = reqwest::Url::parse(&self.endpoint) else {
            return "(not a URL)".to_owned();
        };
        // Both fail only for URLs that cannot have credentials.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        url.set_query(None);
        url.set_fragment(None);
        url.into()
    }
}

fn take(pairs: &mut Vec<(String, String)>, key: &str) -> Option<String> {
    let at = pairs.iter().position(|(name, _)| name == key)?;
    Some(pairs.remove(at).1)
}

/// The team's own switch, and the standard's.
fn enabled(env: &mut Reader) -> bool {
    let on = env.text("ENABLE_OTEL").is_some_and(|value| {
        ["1", "true", "yes", "y", "on"]
            .iter()
            .any(|word| value.eq_ignore_ascii_case(word))
    });
    let exported = match env.text("OTEL_TRACES_EXPORTER") {
        Some(name) if name.eq_ignore_ascii_case("none") => false,
        Some(name) if !name.eq_ignore_ascii_case("otlp") => {
            env.warn(format!(
                "OTEL_TRACES_EXPORTER: {name:?} is not supported; otlp is used"
            ));
            true
        }
        _ => true,
    };
    let disabled = env.standard_flag("OTEL_SDK_DISABLED");
    on && exported && !disabled
}

fn endpoint(env: &Reader) -> String {
    if let Some(verbatim) = env.text("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") {
        return verbatim;
    }
    let base = env.text("OTEL_EXPORTER_OTLP_ENDPOINT");
    let base = base
        .as_deref()
        .unwrap_or(ENDPOINT_DEFAULT)
        .trim_end_matches('/');
    format!("{base}{TRACES_PATH}")
}

fn warn_of_protocol(env: &mut Reader) {
    let name = "OTEL_EXPORTER_OTLP_PROTOCOL";
    let value = env
        .text("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL")
        .or_else(|| env.text(name));
    if let Some(value) = value.filter(|value| !value.eq_ignore_ascii_case("http/protobuf")) {
        env.warn(format!(
            "{name}: {value:?} is not supported; http/protobuf is used"
        ));
    }
}

fn gzip(env: &mut Reader) -> bool {
    let name = "OTEL_EXPORTER_OTLP_COMPRESSION";
    let value = env
        .text("OTEL_EXPORTER_OTLP_TRACES_COMPRESSION")
        .or_else(|| env.text(name));
    match value.as_deref().map(str::to_ascii_lowercase).as_deref() {
        Some("gzip") => true,
        None | Some("none") => false,
        Some(other) => {
            env.warn(format!("{name}: {other:?} is not supported; none is used"));
            false
        }
    }
}

/// The defaults are the specification's; the longer spelling of the delay is the original system's.
fn batch(env: &mut Reader) -> Batch {
    let delays = ["OTEL_BSP_SCHEDULE_DELAY", "OTEL_BSP_SCHEDULE_DELAY_MILLIS"];
    let mut spans = |name| env.count_to(name, BATCH_SPANS_MAX);
    let queue_spans_max = spans("OTEL_BSP_MAX_QUEUE_SIZE").unwrap_or(2048);
    let export_spans_max = spans("OTEL_BSP_MAX_EXPORT_BATCH_SIZE").unwrap_or(512);
    Batch {
        queue_spans_max,
        export_spans_max: export_spans_max.min(queue_spans_max),
        delay: env.first_millis(&delays).unwrap_or(Duration::from_secs(5)),
    }
}

fn propagator(env: &mut Reader) -> Propagator {
    let Some(names) = env.text("OTEL_PROPAGATORS") else {
        return Propagator::default();
    };
    let (mut trace_context, mut baggage) = (false, false);
    for name in names
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty())
    {
        match name.to_ascii_lowercase().as_str() {
            "tracecontext" => trace_context = true,
            "baggage" => baggage = true,
            "none" => return Propagator::new(false, false),
            other => env.warn(format!(
                "OTEL_PROPAGATORS: {other:?} is not supported and ignored"
            )),
        }
    }
    Propagator::new(trace_context, baggage)
}
