//! The command line.

use std::path::PathBuf;

/// Measure what a Throughline server keeps on disk, and how fast it answers from it.
///
/// A directory is filled over OTLP/HTTP with spans that are all different, or taken as an earlier run left it.
/// The true answers are counted from the same spans: a wrong one fails the run.
#[derive(Clone, Debug, clap::Parser)]
#[command(name = "storage-bench", after_help = EXAMPLES)]
pub(crate) struct Args {
    #[arg(value_enum)]
    pub(crate) mode: Mode,
    /// Where the spans are: filled if it is not there, then kept. Without it a temporary directory is filled.
    /// For `size` also any data directory of a server that does not run
    #[arg(long, visible_alias = "keep", value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// Spans [default: 10,000,000; size 1,000,000; year 21,000,000]
    #[arg(long, value_name = "N")]
    pub(crate) spans: Option<u64>,
    /// Days over which the spans' times spread [default: 1; year 365]
    #[arg(long, value_name = "N")]
    pub(crate) days: Option<u64>,
    /// The server's program; without it, `throughline` beside this program
    #[arg(long, value_name = "FILE", env = "THROUGHLINE_BIN")]
    pub(crate) server: Option<PathBuf>,
    /// A Python that has `duckdb` and `chdb`, for `peers` and `size`
    #[arg(
        long,
        value_name = "FILE",
        env = "THROUGHLINE_PYTHON",
        default_value = "python3"
    )]
    pub(crate) python: PathBuf,
    /// Leave out the cold runs, each of which starts the server anew
    #[arg(long)]
    pub(crate) warm_only: bool,
    /// Fail when a figure misses its bar
    #[arg(long)]
    pub(crate) bar: bool,
    /// One line of JSON a table
    #[arg(long)]
    pub(crate) json: bool,
    /// What else `throughline serve` is told
    #[arg(last = true)]
    pub(crate) serve: Vec<String>,
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Mode {
    /// Fill the directory that --data names
    Fill,
    /// Each question, warm and cold
    Queries,
    /// The same questions, put to DuckDB and ClickHouse over the same data files
    Peers,
    /// Bytes a span, beside other ways to keep the same spans
    Size,
    /// A year's event times with a tenth of a year's spans
    Year,
}

impl Args {
    pub(crate) fn spans(&self) -> u64 {
        self.spans.unwrap_or(match self.mode {
            Mode::Fill | Mode::Queries | Mode::Peers => 10_000_000,
            Mode::Size => 1_000_000,
            Mode::Year => 21_000_000,
        })
    }

    pub(crate) fn days(&self) -> u64 {
        self.days
            .unwrap_or(if self.mode == Mode::Year { 365 } else { 1 })
    }
}

const EXAMPLES: &str = "Examples:
  storage-bench fill --data target/ten-million
  storage-bench queries --data target/ten-million --bar
  storage-bench peers --data target/ten-million --json
  storage-bench size --data demo-data/store
  storage-bench year --warm-only";

#[cfg(test)]
mod tests {
    use super::Args;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_holds_together() {
        Args::command().debug_assert();
    }
}
