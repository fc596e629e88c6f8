//! The command line: `serve`, `query`, `tail`, `datasets`, `doctor`, `verify`, `backup`, `restore`, `token`, `config show`.

use clap::{Args, Parser, Subcommand};
use model::ErrorKind;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

/// A query's answer.
mod answer;
/// `throughline backup`, `throughline restore`.
mod backup;
/// `throughline datasets`.
mod datasets;
/// `throughline doctor`.
mod doctor;
/// Rows as lines of JSON or CSV.
mod lines;
/// A mistake in a query, drawn under the query.
mod mistake;
/// How far a long command got.
mod progress;
/// `throughline query`.
mod query;
/// The running server that a command asks.
mod remote;
/// `throughline serve`.
mod serve;
/// Rows as a table that fits the terminal.
mod table;
/// `throughline tail`.
mod tail;
/// Text that cannot steer a terminal.
mod terminal;
/// `throughline token`.
mod token;
/// `throughline verify`.
mod verify;
/// How long a query takes.
mod waiting;

use crate::config::{
    self, Config, Limits, LogPlace, Places, parse_address, parse_age, parse_dataset_age,
};
use crate::message::whole;

/// `EX_USAGE` of BSD's sysexits: the command line or the configuration is wrong.
const EXIT_USAGE: u8 = 64;

const EXAMPLES: &str = "\
Examples:
  throughline serve
      stores spans in ./throughline-data; open http://127.0.0.1:4321
  OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318 your-service
      sends a service's spans there
  throughline query \"| summarize count() by ['service.name']\"
      asks the running server; with --sql in SQL
  throughline tail
      shows its spans as they arrive
  throughline doctor
      says why a service's spans do not arrive
  throughline verify
      says whether everything on disk is as it was written
  throughline backup /mnt/backup/throughline
      copies it all, also while the server runs

Exit codes of every command: 0 done, 1 it failed or found what is wrong, 64 the command line,
a variable or what they name is not what it should be: to be changed before it is tried again.
`throughline COMMAND --help` has those that a command has besides.";

/// Distributed tracing that a team runs itself: OTLP in, APL and traces out.
#[derive(Debug, Parser)]
#[command(name = "throughline", version, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Take spans over OTLP, store them, answer queries, serve the console
    #[command(after_help = SERVE_EXAMPLES)]
    Serve(Settings),
    /// Ask a running server a question in APL or SQL
    #[command(after_help = query::EXAMPLES)]
    Query(query::Settings),
    /// Show spans as they arrive at a running server
    #[command(after_help = tail::EXAMPLES)]
    Tail(tail::Settings),
    /// List, make, describe and delete the datasets of a running server
    #[command(after_help = datasets::EXAMPLES)]
    Datasets(datasets::Settings),
    /// Say what is wrong between a service and its store
    #[command(after_help = doctor::EXAMPLES)]
    Doctor(doctor::Settings),
    /// Check that everything in the data directory is as it was written
    #[command(after_help = verify::EXAMPLES)]
    Verify(verify::Settings),
    /// Copy the data directory, also while a server runs on it
    #[command(after_help = backup::EXAMPLES)]
    Backup(backup::Settings),
    /// Put a backup into a new data directory, or where its parts are to be
    #[command(after_help = backup::RESTORE_EXAMPLES)]
    Restore(backup::RestoreSettings),
    /// Make, list and revoke tokens, by which a server knows who may read and write
    #[command(after_help = token::EXAMPLES)]
    Token {
        #[command(subcommand)]
        command: token::Command,
    },
    /// Show the settings that `serve` would use
    Config {
        #[command(subcommand)]
        command: ConfigCommand,
    },
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Print every setting and limit, one to a line
    Show(Settings),
}

const SERVE_EXAMPLES: &str = "\
Examples:
  throughline serve --data /var/lib/throughline --retention 90d --retention-of preview=7d
  throughline serve --listen 127.0.0.1:0 --otlp-http 127.0.0.1:0 --otlp-grpc 127.0.0.1:0
      lets the system choose the ports; each is printed when the server is ready
  AWS_ACCESS_KEY_ID=... AWS_SECRET_ACCESS_KEY=... AWS_REGION=eu-central-1 PGPASSWORD=... \\
  throughline serve --data s3://bucket/spans --catalog postgres://user@host/spans \\
      --log-dir /var/lib/throughline
      keeps data files in an object store and the catalog in PostgreSQL; the log stays on this
      machine, or with --log object is in the object store, too: then the machine may be lost.
      AWS_ENDPOINT_URL names a store that is not Amazon's. docs/places.md says what is kept where

SIGTERM, Ctrl-C and a terminal that is closed (SIGHUP, but for `nohup`) end it cleanly: \
requests in progress are finished, spans are flushed.
Exit codes: 0 ended as asked, 1 could not start or run, 64 the settings are wrong, or name what \
is not what it should be, 130 interrupted before it had started.
Until a token is made (`throughline token create`) whoever reaches the addresses can read and write: \
the server refuses to start on addresses that other machines reach.";

/// Where the parts of a store are.
#[derive(Clone, Debug, Args)]
struct Parts {
    /// The directory that holds everything, made when it is missing; or the object store for data files,
    /// s3://BUCKET/PREFIX, whose settings are the usual AWS_ variables
    #[arg(
        long,
        value_name = "DIR|URL",
        env = "THROUGHLINE_DATA",
        default_value = "./throughline-data"
    )]
    data: String,
    /// The directory of the log, when the data files are in an object store [default: ./throughline-data]
    #[arg(long, value_name = "DIR", env = "THROUGHLINE_LOG_DIR")]
    log_dir: Option<PathBuf>,
    /// The catalog in PostgreSQL, postgres://USER@HOST/DATABASE; without it the catalog is a file beside the log.
    /// The password is better in PGPASSWORD, where `ps` does not show it
    #[arg(
        long,
        value_name = "URL",
        env = "THROUGHLINE_CATALOG",
        hide_env_values = true,
        value_parser = Secret::read
    )]
    catalog: Option<Secret>,
}

impl Parts {
    fn places(self, log: LogPlace) -> Result<Places, config::Error> {
        let catalog = self.catalog.as_ref().map(|catalog| catalog.0.as_str());
        let aws = config::aws_variables();
        Places::read(&self.data, self.log_dir, catalog, log, aws)
    }
}

/// Settings of the server.
#[derive(Debug, Args)]
struct Settings {
    #[command(flatten)]
    parts: Parts,
    /// Where spans are logged before they are acknowledged; `object` needs --data s3://... and --catalog
    #[arg(long, value_enum, env = "THROUGHLINE_LOG", default_value = "local")]
    log: LogPlace,
    /// Address of the console and the API
    #[arg(
        long,
        value_name = "ADDR",
        env = "THROUGHLINE_LISTEN",
        default_value = "127.0.0.1:4321",
        value_parser = parse_address
    )]
    listen: SocketAddr,
    /// Address for OTLP over HTTP (POST /v1/traces, protobuf or JSON)
    #[arg(
        long,
        value_name = "ADDR",
        env = "THROUGHLINE_OTLP_HTTP",
        default_value = "127.0.0.1:4318",
        value_parser = parse_address
    )]
    otlp_http: SocketAddr,
    /// Address for OTLP over gRPC
    #[arg(
        long,
        value_name = "ADDR",
        env = "THROUGHLINE_OTLP_GRPC",
        default_value = "127.0.0.1:4317",
        value_parser = parse_address
    )]
    otlp_grpc: SocketAddr,
    /// How long spans are kept after they arrive: 30d, 12h
    #[arg(long, value_name = "AGE", env = "THROUGHLINE_RETENTION", default_value = "365d", value_parser = parse_age)]
    retention: Duration,
    /// Another age for one dataset; repeatable, or several with commas: preview=7d
    #[arg(
        long,
        value_name = "DATASET=AGE",
        env = "THROUGHLINE_RETENTION_OF",
        value_delimiter = ',',
        value_parser = parse_dataset_age
    )]
    retention_of: Vec<(String, Duration)>,
    /// Spans are written to data files at least this often; until then they are in the log and in memory
    #[arg(long, value_name = "AGE", env = "THROUGHLINE_FLUSH_AGE", default_value = "10m", value_parser = parse_age)]
    flush_age: Duration,
    /// Connections that one client address may have open at each port; raise it behind a proxy
    #[arg(
        long,
        value_name = "N",
        env = "THROUGHLINE_CONNECTIONS_PER_ADDRESS",
        default_value_t = Limits::default().connections_per_address_max
    )]
    connections_per_address: usize,
    /// Start without a token although other machines reach the server: anyone there can read and write every span
    #[arg(long, env = "THROUGHLINE_ALLOW_OPEN")]
    allow_open: bool,
}

/// What may have a password in it: `Debug` shows nothing of it.
#[derive(Clone)]
struct Secret(String);

impl Secret {
    /// Takes any text: clap would repeat one that it refuses.
    fn read(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// The ages by dataset.
fn by_dataset(ages: Vec<(String, Duration)>) -> Result<BTreeMap<String, Duration>, config::Error> {
    let mut all = BTreeMap::new();
    for (name, age) in ages {
        if let Some(before) = all.insert(name.clone(), age) {
            return Err(config::Error::twice(&name, before, age));
        }
    }
    Ok(all)
}

impl TryFrom<Settings> for Config {
    type Error = config::Error;

    fn try_from(settings: Settings) -> Result<Self, config::Error> {
        let places = settings.parts.places(settings.log)?;
        Ok(Self {
            data: places.directory,
            objects: places.objects,
            catalog: places.catalog,
            log: places.log,
            listen: settings.listen,
            otlp_http: settings.otlp_http,
            otlp_grpc: settings.otlp_grpc,
            retention: settings.retention,
            retention_of: by_dataset(settings.retention_of)?,
            flush_age: settings.flush_age,
            allow_open: settings.allow_open,
            limits: Limits {
                connections_per_address_max: settings.connections_per_address,
                ..Limits::default()
            },
        })
    }
}

/// The whole program.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse_from(query::arguments(std::env::args_os())) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are asked for, and go to stdout.
            let code = if error.use_stderr() { EXIT_USAGE } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    match cli.command {
        Command::Serve(settings) => configured(settings, serve::run),
        Command::Query(settings) => query::run(settings),
        Command::Tail(settings) => tail::run(&settings),
        Command::Datasets(settings) => datasets::run(&settings),
        Command::Doctor(settings) => doctor::run(&settings),
        Command::Verify(settings) => verify::run(settings),
        Command::Backup(settings) => backup::run(settings),
        Command::Restore(settings) => backup::run_restore(settings),
        Command::Token { command } => token::run(command),
        Command::Config {
            command: ConfigCommand::Show(settings),
        } => configured(settings, show),
    }
}

fn configured(settings: Settings, run: impl FnOnce(&Config) -> ExitCode) -> ExitCode {
    match Config::try_from(settings) {
        Ok(config) => run(&config),
        Err(error) => {
            terminal::complain(&error.to_string());
            ExitCode::from(EXIT_USAGE)
        }
    }
}

fn show(config: &Config) -> ExitCode {
    if let Err(error) = config.check() {
        terminal::complain(&error.to_string());
        return ExitCode::from(EXIT_USAGE);
    }
    ended(terminal::write(&config.to_string()))
}

/// Says why a command failed. What is wrong with what was named is the user's to change, like a wrong flag.
fn failed(error: &store::Error) -> ExitCode {
    terminal::complain(&whole(error));
    exit_code(error.kind())
}

fn exit_code(kind: ErrorKind) -> ExitCode {
    match kind {
        ErrorKind::Invalid => ExitCode::from(EXIT_USAGE),
        _ => ExitCode::FAILURE,
    }
}

/// The exit code after output; a reader that went away, as `head` does, is no failure.
fn ended(written: io::Result<()>) -> ExitCode {
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
