//! The storage benchmark: a directory full of spans, the questions people ask of it, the truth of each answer,
//! the same questions put to DuckDB and ClickHouse over the same files, and how large it all is.

/// The command line.
mod args;
/// One question over HTTP, and its answer as rows of text.
mod ask;
/// A directory full of spans.
mod bed;
/// Times as RFC 3339.
mod instant;
/// The same questions, put to DuckDB and ClickHouse.
mod peers;
/// Each question, timed.
mod queries;
/// The questions, their bars and their true answers.
mod questions;
/// The modes.
mod run;
/// Bytes a span.
mod size;
/// Figures beside their bars.
mod table;
/// What the spans say, counted while they are made again.
mod truth;
/// A year in little.
mod year;

use clap::Parser;
use std::process::ExitCode;

/// The program `storage-bench`.
pub fn main() -> ExitCode {
    let args = args::Args::parse();
    crate::program(run::run(&args))
}
