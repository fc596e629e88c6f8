//! The benchmarks that know the server by its doors only: ingest, and the data files with their queries.
//!
//! It knows neither the store nor the query engine: the server is always another process. The figures of
//! processes come from `/proc` and need Linux.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark reports by printing"
)]

/// What a server acknowledges, how fast and at what cost.
pub mod ingest;
/// Spans of the shape of the baseline, the same in every run.
pub mod spans;
/// How large the data files are, and how fast queries read them.
pub mod storage;
/// A second gzip member that makes a prepared body unique.
pub mod unique;

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
/// The server as a process.
mod process;
/// The query API.
mod query;
/// Requests at their times.
mod supply;

use anyhow::Result;
use std::process::ExitCode;
use tokio::runtime;
use tokio::task::LocalSet;

/// Runs a benchmark on this thread; `false` or an error is a failure.
fn program(measure: impl Future<Output = Result<bool>>) -> ExitCode {
    let runtime = runtime::Builder::new_current_thread().enable_all().build();
    let measured = runtime
        .map_err(anyhow::Error::from)
        .and_then(|runtime| LocalSet::new().block_on(&runtime, measure));
    match measured {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
