//! The plan of the running system: which processes there are, the command line and environment of
//! each, and how their first lines are read.

use std::hash::{BuildHasher, Hasher, RandomState};

use super::Config;
use super::process::Spec;

/// One of the nine services.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Service {
    /// Its `service.name`.
    pub(crate) name: &'static str,
    environment: &'static str,
    /// The subcommand of `instainstru` that runs it.
    part: &'static str,
}

const fn service(name: &'static str, environment: &'static str, part: &'static str) -> Service {
    Service {
        name,
        environment,
        part,
    }
}

/// All that are traced. The local environment is one process: an API with the worker and the beat
/// inside.
pub(crate) const SERVICES: [Service; 9] = [
    service("instainstru-api", "production", "api"),
    service("instainstru-worker", "production", "worker"),
    service("instainstru-beat", "production", "beat"),
    service("instainstru-mcp", "production", "mcp"),
    service("instainstru-preview-api", "preview", "api"),
    service("instainstru-preview-worker", "preview", "worker"),
    service("instainstru-preview-beat", "preview", "beat"),
    service("instainstru-preview-mcp", "preview", "mcp"),
    service("instainstru-api-local", "local", "api"),
];

/// How long a service keeps spans back for a fuller batch, in milliseconds: a person who has just
/// clicked does not wait five seconds.
const EXPORT_DELAY_MILLIS: &str = "1000";
const LOOPBACK: &str = "127.0.0.1:0";

/// Where everything listens, as far as it has started.
#[derive(Clone, Debug, Default)]
pub(crate) struct Addresses {
    pub(crate) console: String,
    pub(crate) otlp_http: String,
    pub(crate) otlp_grpc: String,
    listening: Vec<(String, String)>,
}

impl Addresses {
    /// Notes what a process said of itself when it was ready.
    pub(crate) fn learn(&mut self, name: &str, urls: Vec<String>) {
        if name == STORE
            && let [console, otlp_http, otlp_grpc] = urls.as_slice()
        {
            self.console.clone_from(console);
            self.otlp_http.clone_from(otlp_http);
            self.otlp_grpc.clone_from(otlp_grpc);
        }
        self.listening
            .extend(urls.into_iter().next().map(|url| (name.to_owned(), url)));
    }

    /// Where a process listens; nothing, if it does not.
    fn of(&self, name: &str) -> &str {
        let found = self.listening.iter().find(|(process, _)| process == name);
        found.map_or("", |(_, url)| url)
    }
}

const STORE: &str = "throughline";
const PAYMENTS: &str = "payments";
pub(super) const LOAD: &str = "load";

/// The secrets of one run: nobody else knows them, and no file has them.
#[derive(Clone, Debug)]
pub(crate) struct Tokens {
    /// Opens the APIs' operators' routes; the copilots' services have it.
    operator: String,
    /// Opens the copilots' services.
    pub(crate) copilot: String,
}

impl Tokens {
    pub(crate) fn new() -> Self {
        Self {
            operator: secret(),
            copilot: secret(),
        }
    }
}

/// 128 bits of the chance that the standard library has for its hash maps.
fn secret() -> String {
    let half = || RandomState::new().build_hasher().finish();
    format!("{:016x}{:016x}", half(), half())
}

pub(crate) fn store(config: &Config) -> Spec {
    let mut arguments = words(&["serve", "--data"]);
    arguments.push(config.data.join("store").display().to_string());
    if !config.well_known_ports {
        arguments.extend(words(&[
            "--listen",
            LOOPBACK,
            "--otlp-http",
            LOOPBACK,
            "--otlp-grpc",
            LOOPBACK,
        ]));
    }
    let program = config.programs.throughline.clone();
    Spec {
        name: STORE.to_owned(),
        program,
        arguments,
        environment: Vec::new(),
    }
}

pub(crate) fn payments(config: &Config) -> Spec {
    let database = database(config, PAYMENTS);
    untraced(
        config,
        PAYMENTS,
        &["payments", "--listen", LOOPBACK, "--database", &database],
    )
}

pub(crate) fn apis(config: &Config, addresses: &Addresses) -> Vec<Spec> {
    let apis = SERVICES.iter().filter(|service| service.part == "api");
    apis.map(|service| traced(config, addresses, service))
        .collect()
}

pub(crate) fn others(config: &Config, addresses: &Addresses) -> Vec<Spec> {
    let others = SERVICES.iter().filter(|service| service.part != "api");
    others
        .map(|service| traced(config, addresses, service))
        .collect()
}

/// Students in all three environments, and a copilot in those that have one.
pub(crate) fn load(config: &Config, addresses: &Addresses) -> Spec {
    let mut arguments = words(&["load", "--announce"]);
    if let Some(spans) = config.spans_per_minute {
        arguments.extend(["--spans-per-minute".to_owned(), spans.to_string()]);
    }
    for service in SERVICES
        .iter()
        .filter(|service| ["api", "mcp"].contains(&service.part))
    {
        arguments.push(format!("--{}", service.part));
        arguments.push(format!(
            "{}={}",
            service.environment,
            addresses.of(service.name)
        ));
    }
    let mut spec = untraced(config, LOAD, &[]);
    spec.arguments = arguments;
    spec.environment
        .push(("MCP_TOKEN".to_owned(), config.tokens.copilot.clone()));
    spec
}

/// A service with the whole of what it is told: where it runs, whom it asks, where its spans go.
fn traced(config: &Config, addresses: &Addresses, service: &Service) -> Spec {
    let mut spec = untraced(
        config,
        service.name,
        &[service.part, "--environment", service.environment],
    );
    let mut flags = |flags: &[&str]| spec.arguments.extend(words(flags));
    if service.part == "mcp" {
        flags(&["--api-url", addresses.of(api_of(service.environment))]);
    } else {
        flags(&["--database", &database(config, service.environment)]);
        flags(&["--payments-url", addresses.of(PAYMENTS)]);
    }
    if matches!(service.part, "api" | "mcp") {
        flags(&["--listen", LOOPBACK]);
    }
    if service.environment == "local" {
        flags(&["--embedded"]);
    }
    let tokens = &config.tokens;
    let settings = [
        ("ENABLE_OTEL", "1"),
        ("OTEL_SERVICE_NAME", service.name),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", &addresses.otlp_http),
        ("OTEL_BSP_SCHEDULE_DELAY", EXPORT_DELAY_MILLIS),
        ("ADMIN_TOKENS", &tokens.operator),
        ("ADMIN_TOKEN", &tokens.operator),
        ("MCP_TOKENS", &tokens.copilot),
    ];
    spec.environment
        .extend(settings.map(|(name, value)| (name.to_owned(), value.to_owned())));
    spec
}

/// A part of the platform that sends no spans.
fn untraced(config: &Config, name: &str, arguments: &[&str]) -> Spec {
    let program = config.programs.instainstru.clone();
    Spec {
        name: name.to_owned(),
        program,
        arguments: words(arguments),
        environment: Vec::new(),
    }
}

/// Each environment has a file of its own, and so has the payment provider.
fn database(config: &Config, name: &str) -> String {
    config.data.join(format!("{name}.db")).display().to_string()
}

fn api_of(environment: &str) -> &'static str {
    let is_api = |service: &&Service| service.part == "api" && service.environment == environment;
    SERVICES
        .iter()
        .find(is_api)
        .map_or("", |service| service.name)
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
