//! The ingest benchmark: what a server acknowledges, how fast, at what cost, and whether all of it is there
//! afterwards.
//!
//!     ingest-bench http --seconds 60
//!
//! The server is a process of its own; this one makes the load on one thread and states what that cost. It
//! reads the machine's figures from `/proc` and needs Linux.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark reports by printing"
)]

/// The command line.
mod args;
/// The server of a run, and the books at its end.
mod bed;
/// What a server left on disk.
mod disk;
/// A lane into the server.
mod door;
/// OTLP over gRPC.
mod grpc;
/// HTTP/1.1.
mod http;
/// The load, and the ledger of what was acknowledged.
mod load;
/// What it was measured on.
mod machine;
/// From acknowledged to queryable.
mod markers;
/// The server's memory.
mod memory;
/// The server as a process.
mod process;
/// The query API.
mod query;
/// Figures as a table or as JSON.
mod report;
/// The modes.
mod run;
/// Requests at their times.
mod supply;

use anyhow::Result;
use clap::Parser;
use std::process::ExitCode;
use tokio::runtime;
use tokio::task::LocalSet;

fn main() -> ExitCode {
    let args = args::Args::parse();
    match measure(&args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn measure(args: &args::Args) -> Result<bool> {
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    LocalSet::new().block_on(&runtime, run::run(args))
}
