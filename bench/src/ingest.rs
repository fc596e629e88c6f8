//! The ingest benchmark. The server is a process of its own; this one makes the load on one thread and states
//! what that cost.

/// The command line.
mod args;
/// The server of a run, and the books at its end.
mod bed;
/// From acknowledged to queryable.
mod markers;
/// The server's memory.
mod memory;
/// Figures as a table or as JSON.
mod report;
/// The modes.
mod run;

use clap::Parser;
use std::process::ExitCode;

/// The program `ingest-bench`.
pub fn main() -> ExitCode {
    let args = args::Args::parse();
    crate::program(run::run(&args))
}
