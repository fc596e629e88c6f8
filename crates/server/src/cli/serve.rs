//! `throughline serve`: start, say where, run until a signal, drain.

use super::terminal;
use crate::config::Config;
use crate::message::whole;
use crate::serve::{Addresses, Server};
use model::Clock;
use std::io;
use std::process::ExitCode;
use std::time::Duration;
use tokio::signal::unix::{Signal, SignalKind, signal};

/// For the server's own last spans, once it has drained.
const TELEMETRY_FLUSH: Duration = Duration::from_secs(3);
/// The usual code of a program that Ctrl-C ended.
const EXIT_INTERRUPTED: u8 = 130;

/// Threads for what blocks: a flush, large bodies, files. What one of them gave back to the allocator it keeps
/// for a while, so they are few and go soon.
const BLOCKING_THREADS_MIN: usize = 8;
const BLOCKING_THREAD_IDLE_MAX: Duration = Duration::from_secs(1);

pub(super) fn run(config: &Config) -> ExitCode {
    let cpus = std::thread::available_parallelism().map_or(2, usize::from);
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(BLOCKING_THREADS_MIN.max(2 * cpus))
        .thread_keep_alive(BLOCKING_THREAD_IDLE_MAX)
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return failed(&format!("could not start threads: {error}")),
    };
    let code = runtime.block_on(serve(config));
    // What still blocks a thread, such as a slow client's query, has nobody to answer any more.
    runtime.shutdown_background();
    code
}

async fn serve(config: &Config) -> ExitCode {
    let telemetry = match watch_ourselves() {
        Ok(telemetry) => telemetry,
        Err(message) => return failed(&message),
    };
    let mut signals = match Signals::new() {
        Ok(signals) => signals,
        Err(error) => return failed(&format!("could not wait for signals: {error}")),
    };
    let server = tokio::select! {
        // A long replay can be given up: the log stays as it is.
        () = signals.any() => return ExitCode::from(EXIT_INTERRUPTED),
        started = Server::start(config, Clock::System) => match started {
            Ok(server) => server,
            Err(error) => {
                terminal::complain(&error.to_string());
                return super::exit_code(error.kind());
            }
        },
    };
    if server.is_open() {
        warn_if_open(config);
    }
    // A reader that went away does not stop a server.
    let _ = terminal::write(&ready(server.addresses(), server.is_open()));

    tokio::select! {
        () = signals.any() => {}
        () = server.failed() => {
            telemetry.shutdown(TELEMETRY_FLUSH).await;
            return failed(match server.fenced() {
                true => {
                    "another server has taken over: this one commits and acknowledges nothing any more. Keep its log \
                     directory, which has what was not committed unless the log is in the object store, and see \
                     docs/places.md"
                }
                false => {
                    "the log stopped at a failed write: nothing more can be acknowledged. Check the disk and \
                     start again; the new start reads what the log really holds"
                }
            });
        }
    }
    if model::planted::bug("server_stops_at_once") {
        return ExitCode::SUCCESS;
    }
    let code = tokio::select! {
        drained = server.drain() => match drained {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => failed(&format!("could not close the store: {}; its log is kept", whole(&error))),
        },
        () = signals.any() => failed("asked a second time: ended without a flush; the log is kept"),
    };
    telemetry.shutdown(TELEMETRY_FLUSH).await;
    code
}

/// The server carries its own kit. Log lines are JSON: on stdout when tracing is on, as of every service;
/// on stderr otherwise, where they do not mix with what `serve` prints.
fn watch_ourselves() -> Result<throughline_telemetry::Telemetry, String> {
    let settings = throughline_telemetry::Config::from_process("throughline");
    if settings.enabled {
        return throughline_telemetry::start(settings).map_err(|error| error.to_string());
    }
    let telemetry = throughline_telemetry::Telemetry::build(settings);
    tracing::subscriber::set_global_default(telemetry.subscriber(std::io::stderr))
        .map_err(|error| error.to_string())?;
    Ok(telemetry)
}

fn ready(addresses: Addresses, is_open: bool) -> String {
    let Addresses {
        console,
        otlp_http,
        otlp_grpc,
    } = addresses;
    let who = if is_open {
        "open to whoever reaches these addresses: there is no token yet; `throughline token create` makes one"
    } else {
        "a token is asked for at every door; `throughline token list` shows those there are"
    };
    format!(
        "console and API listening on http://{console}\n\
         OTLP/HTTP listening on http://{otlp_http}\n\
         OTLP/gRPC listening on http://{otlp_grpc}\n\
         {who}\n"
    )
}

fn warn_if_open(config: &Config) {
    let open: Vec<String> = config
        .open_addresses()
        .iter()
        .map(ToString::to_string)
        .collect();
    if !open.is_empty() {
        terminal::complain(&format!(
            "WARNING: {} can be reached from other machines, and there is no token yet: anyone there can \
             read and write every span. Make one with `throughline token create`.",
            open.join(", ")
        ));
    }
}

/// What asks the server to end: whoever runs it, a keyboard, and a terminal that is closed, unless it was started to
/// outlast that, as by `nohup`.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hang_up: Option<Signal>,
}

impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hang_up: match is_ignored(SignalKind::hangup()) {
                true => None,
                false => Some(signal(SignalKind::hangup())?),
            },
        })
    }

    async fn any(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
            () = hung_up(self.hang_up.as_mut()) => {}
        }
    }
}

async fn hung_up(signal: Option<&mut Signal>) {
    match signal {
        Some(signal) => drop(signal.recv().await),
        None => std::future::pending().await,
    }
}

/// Whether this process was told to ignore a signal before it began, as far as the system says.
fn is_ignored(signal: SignalKind) -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    ignored.is_some_and(|mask| mask >> (signal.as_raw_value() - 1) & 1 == 1)
}

fn failed(message: &str) -> ExitCode {
    terminal::complain(message);
    ExitCode::FAILURE
}
