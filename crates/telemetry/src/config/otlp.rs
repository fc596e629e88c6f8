//! Where one signal is sent by OTLP and how: endpoint, protocol, headers, time-out, compression, TLS. The variable of the
//! signal wins over the one for all signals; an empty one is unset.

use std::path::PathBuf;
use std::time::Duration;

use super::Headers;
use super::headers;
use super::reader::Reader;

const HTTP_DEFAULT: &str = "http://localhost:4318";
const GRPC_DEFAULT: &str = "http://localhost:4317";
/// Below the five seconds that `Drop` waits for the last flush, so that a store which hangs costs the
/// spans, not the exit.
const TIMEOUT_DEFAULT: Duration = Duration::from_secs(4);

/// What is sent: it names the variables and the last part of the path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Signal {
    Traces,
    Logs,
    Metrics,
}

/// The two forms of OTLP that the kit speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Protocol {
    /// Protobuf in HTTP POST requests.
    #[default]
    HttpProtobuf,
    /// gRPC; it needs the kit's feature `grpc`.
    Grpc,
}

/// Files with keys and certificates in PEM form. They are read when the exporter is built.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tls {
    /// Certificates to trust beside the system's.
    pub certificate: Option<PathBuf>,
    /// The key of our own certificate, where the store asks for one.
    pub client_key: Option<PathBuf>,
    /// Our own certificate.
    pub client_certificate: Option<PathBuf>,
}

/// Where a signal goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Otlp {
    /// The full URL; for gRPC the origin alone.
    pub endpoint: String,
    /// The form of OTLP.
    pub protocol: Protocol,
    /// Sent with every export.
    pub headers: Headers,
    /// The time one export may take, with all its retries.
    pub timeout: Duration,
    /// Whether exports are compressed with gzip.
    pub gzip: bool,
    /// Keys and certificates.
    pub tls: Tls,
}

impl Signal {
    fn name(self) -> &'static str {
        match self {
            Self::Traces => "TRACES",
            Self::Logs => "LOGS",
            Self::Metrics => "METRICS",
        }
    }

    fn path(self) -> &'static str {
        match self {
            Self::Traces => "/v1/traces",
            Self::Logs => "/v1/logs",
            Self::Metrics => "/v1/metrics",
        }
    }

    /// `OTEL_EXPORTER_OTLP_TRACES_<what>` and `OTEL_EXPORTER_OTLP_<what>`.
    pub(super) fn variables(self, what: &str) -> [String; 2] {
        [
            format!("OTEL_EXPORTER_OTLP_{}_{what}", self.name()),
            format!("OTEL_EXPORTER_OTLP_{what}"),
        ]
    }
}

impl Otlp {
    pub(super) fn from_env(env: &mut Reader, signal: Signal) -> Self {
        let protocol = protocol(env, signal);
        Self {
            endpoint: endpoint(env, signal, protocol),
            protocol,
            headers: headers::from_env(env, signal),
            timeout: timeout(env, signal),
            gzip: gzip(env, signal),
            tls: Tls {
                certificate: first(env, signal, "CERTIFICATE").map(|(_, path)| path.into()),
                client_key: first(env, signal, "CLIENT_KEY").map(|(_, path)| path.into()),
                client_certificate: first(env, signal, "CLIENT_CERTIFICATE")
                    .map(|(_, path)| path.into()),
            },
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

/// The first of a signal's two variables that is set, with its name.
fn first(env: &Reader, signal: Signal, what: &str) -> Option<(String, String)> {
    let names = signal.variables(what).into_iter();
    names
        .filter_map(|name| env.text(&name).map(|value| (name, value)))
        .next()
}

fn protocol(env: &mut Reader, signal: Signal) -> Protocol {
    let Some((name, value)) = first(env, signal, "PROTOCOL") else {
        return Protocol::HttpProtobuf;
    };
    match value.to_ascii_lowercase().as_str() {
        "http/protobuf" => Protocol::HttpProtobuf,
        "grpc" if cfg!(feature = "grpc") && signal != Signal::Metrics => Protocol::Grpc,
        "grpc" if signal == Signal::Metrics => {
            env.warn(format!(
                "{name}: metrics are sent by http/protobuf only, which is used"
            ));
            Protocol::HttpProtobuf
        }
        "grpc" => {
            env.warn(format!(
                "{name}: grpc needs the kit's cargo feature `grpc`; http/protobuf is used"
            ));
            Protocol::HttpProtobuf
        }
        _ => {
            env.warn(format!(
                "{name}: {value:?} is not supported; http/protobuf is used"
            ));
            Protocol::HttpProtobuf
        }
    }
}

/// The signal's own variable is taken as it is; the one for all signals gets the signal's path, but for gRPC, which
/// has its paths built in. An address without a scheme is a gRPC habit.
fn endpoint(env: &mut Reader, signal: Signal, protocol: Protocol) -> String {
    let [own, general] = signal.variables("ENDPOINT");
    let own = env.text(&own);
    let is_own = own.is_some();
    let base = own.or_else(|| env.text(&general));
    match protocol {
        Protocol::Grpc => with_scheme(env, signal, base.unwrap_or_else(|| GRPC_DEFAULT.to_owned())),
        Protocol::HttpProtobuf if is_own => base.unwrap_or_default(),
        Protocol::HttpProtobuf => {
            let base = base.as_deref().unwrap_or(HTTP_DEFAULT);
            format!("{}{}", base.trim_end_matches('/'), signal.path())
        }
    }
}

fn with_scheme(env: &mut Reader, signal: Signal, base: String) -> String {
    if base.contains("://") {
        return base;
    }
    let insecure = signal
        .variables("INSECURE")
        .iter()
        .any(|name| env.standard_flag(name));
    let scheme = if insecure { "http" } else { "https" };
    format!("{scheme}://{base}")
}

fn timeout(env: &mut Reader, signal: Signal) -> Duration {
    let names = signal.variables("TIMEOUT");
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    env.first_millis(&names).unwrap_or(TIMEOUT_DEFAULT)
}

fn gzip(env: &mut Reader, signal: Signal) -> bool {
    let Some((name, value)) = first(env, signal, "COMPRESSION") else {
        return false;
    };
    match value.to_ascii_lowercase().as_str() {
        "gzip" => true,
        "none" => false,
        other => {
            env.warn(format!("{name}: {other:?} is not supported; none is used"));
            false
        }
    }
}
