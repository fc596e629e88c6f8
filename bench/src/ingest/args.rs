//! The command line.

use std::path::PathBuf;

/// Measure the ingest of a Throughline server that runs as a process of its own.
///
/// Bodies are made and gzipped before the clock starts, and come round again when they are used up: each then
/// has a few bytes more that make it another request. After each run the server is asked to end, which flushes
/// and commits; it is started again and its rows are counted: as many as were acknowledged, or the exit code
/// is 1.
#[derive(Clone, Debug, clap::Parser)]
#[command(name = "ingest-bench", after_help = EXAMPLES)]
pub(crate) struct Args {
    #[arg(value_enum, default_value = "all")]
    pub(crate) mode: Mode,
    /// The server's program; without it, `throughline` beside this program
    #[arg(long, value_name = "FILE", env = "THROUGHLINE_BIN")]
    pub(crate) server: Option<PathBuf>,
    /// How long a load lasts
    #[arg(long, value_name = "N", default_value_t = 60)]
    pub(crate) seconds: u64,
    /// Connections; 16 for http, 4 for grpc, 200 for small
    #[arg(long, value_name = "N")]
    pub(crate) connections: Option<usize>,
    /// Concurrent calls on each gRPC connection
    #[arg(long, value_name = "N", default_value_t = 8)]
    pub(crate) streams: usize,
    /// Different spans, made before the clock starts; about 80 bytes of memory each, in bodies of 20 twice that
    #[arg(long, value_name = "N", default_value_t = 4_000_000)]
    pub(crate) spans: u64,
    /// Spans a second, all connections together; without it as fast as the answers come (fresh: 200000,
    /// after an `all` half of what http reached)
    #[arg(long, value_name = "N")]
    pub(crate) rate: Option<u64>,
    /// memory: how long 400 spans a minute are sent
    #[arg(long, value_name = "N", default_value_t = 2.0)]
    pub(crate) minutes: f64,
    /// A directory for the server's data that is kept, and must not exist; one below it for each mode
    #[arg(long, value_name = "DIR")]
    pub(crate) keep: Option<PathBuf>,
    /// A running server's door for OTLP (with grpc its gRPC door) in place of one started here; there are
    /// no figures of its process then
    #[arg(long, value_name = "URL", conflicts_with_all = ["server", "keep"])]
    pub(crate) url: Option<String>,
    /// With --url: the server's API, to count the rows
    #[arg(long, value_name = "URL", requires = "url")]
    pub(crate) api: Option<String>,
    /// One line of JSON a mode
    #[arg(long)]
    pub(crate) json: bool,
    /// What else `throughline serve` is told
    #[arg(last = true)]
    pub(crate) serve: Vec<String>,
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Mode {
    /// OTLP/HTTP, 512 spans a request, as fast as the answers come
    Http,
    /// The same over OTLP/gRPC
    Grpc,
    /// OTLP/HTTP, 20 spans a request, many connections
    Small,
    /// From the acknowledgement of a span until a query shows it, under load
    Fresh,
    /// The server's memory: idle, at 400 spans a minute, under full load
    Memory,
    /// All of them, each with a server of its own
    All,
}

impl Mode {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Grpc => "grpc",
            Self::Small => "small",
            Self::Fresh => "fresh",
            Self::Memory => "memory",
            Self::All => "all",
        }
    }
}

const EXAMPLES: &str = "Examples:
  ingest-bench http --seconds 60 --connections 32
  ingest-bench fresh --rate 300000 --json
  ingest-bench http --url http://127.0.0.1:4318 --api http://127.0.0.1:4321
  ingest-bench http --keep target/ingest -- --flush-age 5s";

#[cfg(test)]
mod tests {
    use super::Args;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_holds_together() {
        Args::command().debug_assert();
    }
}
