//! Subcommands, flags and their environment variables: every setting enters here.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::load::Target;

/// InstaInstru, a lesson marketplace: students book instructors. One program, one service a process.
#[derive(Debug, Parser)]
#[command(
    name = "instainstru",
    version,
    after_help = "By hand, in three terminals:\n  \
        instainstru payments\n  \
        instainstru api --embedded\n  \
        curl -i 'http://127.0.0.1:4401/lessons?q=music+under+10'\n\n\
        Traces are sent when ENABLE_OTEL is true, to OTEL_EXPORTER_OTLP_ENDPOINT."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) service: Service,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Service {
    /// The HTTP API: sign up, search, book, pay, cancel, review
    Api(Api),
    /// Runs jobs: confirmations, instructors' earnings, reminders, expiries
    Worker(Worker),
    /// The scheduler: writes a job for every tick
    Beat(Beat),
    /// The admin copilot's six tools over MCP (streamable HTTP at /mcp)
    Mcp(Mcp),
    /// The simulated payment provider, a third party
    Payments(Payments),
    /// Plays students and a copilot, and checks the trace headers of every answer
    Load(Load),
}

/// Where a service runs; decides its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Environment {
    Production,
    Preview,
    Local,
}

impl Environment {
    /// `instainstru-api`, `instainstru-preview-api`, `instainstru-api-local`.
    pub(crate) fn service_name(self, role: &str) -> String {
        match self {
            Self::Production => format!("instainstru-{role}"),
            Self::Preview => format!("instainstru-preview-{role}"),
            Self::Local => format!("instainstru-{role}-local"),
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Preview => "preview",
            Self::Local => "local",
        }
    }
}

/// What api, worker and beat of one environment share.
#[derive(Args, Debug)]
pub(crate) struct Place {
    /// Where this runs; decides the service's name
    #[arg(long, env = "ENVIRONMENT", value_enum, default_value = "local")]
    pub(crate) environment: Environment,
    /// The environment's SQLite file, as a path or sqlite:// URL; made when missing
    #[arg(
        long,
        env = "DATABASE_URL",
        default_value = "instainstru.db",
        value_name = "URL"
    )]
    pub(crate) database: String,
    /// The payment provider
    #[arg(
        long,
        env = "PAYMENTS_URL",
        default_value = "http://127.0.0.1:4405",
        value_name = "URL"
    )]
    pub(crate) payments_url: String,
    /// How long an unpaid booking keeps its slot
    #[arg(long, env = "HOLD_MINUTES", default_value_t = 15, value_name = "MINUTES", value_parser = clap::value_parser!(u64).range(1..=1440))]
    pub(crate) hold_minutes: u64,
}

impl Place {
    pub(crate) fn hold(&self) -> Duration {
        Duration::from_secs(self.hold_minutes * 60)
    }
}

#[derive(Args, Debug)]
pub(crate) struct Api {
    #[command(flatten)]
    pub(crate) place: Place,
    /// Where to listen; port 0 takes a free one
    #[arg(
        long,
        env = "LISTEN",
        default_value = "127.0.0.1:4401",
        value_name = "ADDRESS"
    )]
    pub(crate) listen: SocketAddr,
    /// Bearer tokens that open the operators' routes, comma separated; none closes them
    #[arg(
        long,
        env = "ADMIN_TOKENS",
        value_delimiter = ',',
        hide_env_values = true,
        value_name = "TOKENS"
    )]
    pub(crate) admin_tokens: Vec<String>,
    /// Run the worker and the scheduler in this process, too
    #[arg(long)]
    pub(crate) embedded: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Worker {
    #[command(flatten)]
    pub(crate) place: Place,
    /// Run the scheduler in this process, too
    #[arg(long)]
    pub(crate) embedded_beat: bool,
}

#[derive(Args, Debug)]
pub(crate) struct Beat {
    #[command(flatten)]
    pub(crate) place: Place,
}

#[derive(Args, Debug)]
pub(crate) struct Mcp {
    /// Where this runs; decides the service's name
    #[arg(long, env = "ENVIRONMENT", value_enum, default_value = "local")]
    pub(crate) environment: Environment,
    /// Where to listen; port 0 takes a free one
    #[arg(
        long,
        env = "LISTEN",
        default_value = "127.0.0.1:4404",
        value_name = "ADDRESS"
    )]
    pub(crate) listen: SocketAddr,
    /// The API that the tools ask
    #[arg(
        long,
        env = "API_URL",
        default_value = "http://127.0.0.1:4401",
        value_name = "URL"
    )]
    pub(crate) api_url: String,
    /// A bearer token of the API's operators
    #[arg(
        long,
        env = "ADMIN_TOKEN",
        default_value = "",
        hide_env_values = true,
        value_name = "TOKEN"
    )]
    pub(crate) admin_token: String,
    /// Bearer tokens of the copilots, comma separated; none lets nobody in
    #[arg(
        long,
        env = "MCP_TOKENS",
        value_delimiter = ',',
        hide_env_values = true,
        value_name = "TOKENS"
    )]
    pub(crate) tokens: Vec<String>,
    /// Host headers that are served
    #[arg(
        long,
        env = "MCP_ALLOWED_HOSTS",
        value_delimiter = ',',
        default_value = "localhost,127.0.0.1,::1",
        value_name = "HOSTS"
    )]
    pub(crate) allowed_hosts: Vec<String>,
}

#[derive(Args, Debug)]
pub(crate) struct Payments {
    /// Where to listen; port 0 takes a free one
    #[arg(
        long,
        env = "LISTEN",
        default_value = "127.0.0.1:4405",
        value_name = "ADDRESS"
    )]
    pub(crate) listen: SocketAddr,
    /// The provider's own SQLite file
    #[arg(
        long,
        env = "PAYMENTS_DATABASE_URL",
        default_value = "payments.db",
        value_name = "URL"
    )]
    pub(crate) database: String,
    /// How many cards are declined, 0 to 1; the token tok_declined always is
    #[arg(
        long,
        env = "PAYMENTS_DECLINE_RATE",
        default_value_t = 0.0,
        value_name = "RATE"
    )]
    pub(crate) decline_rate: f64,
    /// How many requests fail with 503, 0 to 1
    #[arg(
        long,
        env = "PAYMENTS_FAULT_RATE",
        default_value_t = 0.0,
        value_name = "RATE"
    )]
    pub(crate) fault_rate: f64,
    /// A request takes up to this long
    #[arg(
        long,
        env = "PAYMENTS_LATENCY_MS",
        default_value_t = 20,
        value_name = "MILLISECONDS"
    )]
    pub(crate) latency_ms: u64,
    /// The same seed makes the same choices
    #[arg(long, env = "PAYMENTS_SEED", default_value_t = 1)]
    pub(crate) seed: u64,
}

#[derive(Args, Debug)]
pub(crate) struct Load {
    /// APIs to use, as environment=http://host:port, comma separated or repeated
    #[arg(
        long = "api",
        env = "API_URLS",
        value_delimiter = ',',
        value_name = "ENVIRONMENT=URL",
        required = true
    )]
    pub(crate) apis: Vec<Target>,
    /// MCP services to use, the same way
    #[arg(
        long = "mcp",
        env = "MCP_URLS",
        value_delimiter = ',',
        value_name = "ENVIRONMENT=URL"
    )]
    pub(crate) mcps: Vec<Target>,
    /// The copilot's bearer token
    #[arg(long, env = "MCP_TOKEN", hide_env_values = true, value_name = "TOKEN")]
    pub(crate) mcp_token: Option<String>,
    /// How much to do, in spans that the services make of it; their schedulers make about 35 more each
    #[arg(
        long,
        env = "LOAD_SPANS_PER_MINUTE",
        default_value_t = 310,
        value_name = "SPANS"
    )]
    pub(crate) spans_per_minute: u32,
    /// The same seed plays the same students
    #[arg(long, env = "LOAD_SEED", default_value_t = 7)]
    pub(crate) seed: u64,
    /// First make one whole booking and print `trace <id> booking <id> <environment>`
    #[arg(long)]
    pub(crate) announce: bool,
}

/// The file's folder has to be there before SQLite makes the file.
pub(crate) fn folder_of(database: &str) -> Option<PathBuf> {
    let path = database
        .strip_prefix("sqlite:")
        .map_or(database, |rest| rest.trim_start_matches("//"));
    let path = path.split('?').next()?;
    PathBuf::from(path)
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .map(PathBuf::from)
}
