//! The judge: a driver that sends spans to Throughline and keeps its own ledger, faults at chosen or random
//! moments, and a verifier that reads everything back, by the query API and by catalog and data files, and
//! counts what was lost, doubled, phantom, altered, torn, or visible although refused.
//!
//! It takes the server as a program and trusts nothing of it: no crate of the store is in here.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "it talks to the person who typed its name"
)]

/// Reads spans back by the query API.
mod api;
/// The server's own balance.
mod books;
/// Numbers out of a seed.
mod chance;
/// A faster clock for the server.
mod clock;
/// The load.
mod driver;
/// A span as names and texts.
mod fields;
/// Compares what is there with what was sent.
mod judge;
/// Reads spans back from catalog and data files.
mod lake;
/// What was sent and what became of it.
mod ledger;
/// One mode, one file: what is done to the server.
mod modes;
/// What a run came to.
mod report;
/// One request out of the seed.
mod request;
/// The server as a process.
mod server;
/// Faults at a chosen system call.
mod strace;
/// A connection and its answers.
mod wire;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let command = modes::Command::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("could not start threads: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(modes::run(&command)) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
