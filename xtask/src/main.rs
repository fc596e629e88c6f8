//! Throughline's own commands: `cargo xtask demo | test | ci | tidy | apl-docs | bench | coverage | storm`.
//!
//! One verb, one file; below the verbs come the parts that they share. Nothing here is product logic:
//! xtask starts the other programs and reads what they print.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "these commands talk to the person who typed them"
)]

/// `cargo xtask apl-docs`: the pages of APL's functions, aggregations and operators.
mod apl_docs;
/// `cargo xtask bench`: the store's and the kit's benchmarks.
mod bench;
/// `cargo xtask ci`: what must pass before a change lands.
mod ci;
/// `cargo xtask coverage`: which lines of the kit its tests run.
mod coverage;
/// `cargo xtask demo`: the store, the platform and a gentle load on this machine.
mod demo;
/// `cargo xtask storm`: the judge, on a server that was just built.
mod storm;
/// `cargo xtask test`: Rust, console and end-to-end tests.
mod test;
/// `cargo xtask tidy`: the proofs of what ARCHITECTURE.md and the style promise.
mod tidy;

/// Axiom's own language service on the queries of the corpora.
mod agreement;
/// The browser of the end-to-end tests.
mod chromium;
/// Axiom's own clients, against a server.
mod clients;
/// The web console: its packages, its checks, its build.
mod console;
/// The end-to-end tests: a stack on free ports, and Playwright on it.
mod e2e;
/// One GET, as small as it can be.
mod http;
/// Node.js and npm: are they there, and what they run.
mod npm;
/// The two programs, built by one call of cargo.
mod programs;
/// A Python with packages.
mod python;
/// Other programs, run to their end.
mod shell;
/// The running system: every process of it, started in order and stopped in order.
mod stack;
/// Steps with a heading and a time.
mod steps;
/// Ctrl-C and SIGTERM.
mod stop;
/// Where things lie in this repository.
mod workspace;

use std::process::ExitCode;

use clap::Parser;

use crate::stop::Stop;

/// The project's own commands.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
enum Verb {
    Demo(demo::Args),
    Test(test::Args),
    /// All that must pass before a change lands
    Ci,
    /// Prove what ARCHITECTURE.md and the style promise
    Tidy,
    /// Write docs/apl from the heads of APL's files
    AplDocs,
    Bench(bench::Args),
    /// Which lines of the telemetry kit its own tests run
    Coverage,
    Storm(storm::Args),
}

fn main() -> ExitCode {
    let verb = Verb::parse();
    let stop = match Stop::install() {
        Ok(stop) => stop,
        Err(error) => return failed(&error),
    };
    let result = match verb {
        Verb::Demo(args) => demo::run(&args, &stop),
        Verb::Test(args) => test::run(&args, &stop),
        Verb::Ci => ci::run(&stop),
        Verb::Tidy => tidy::run(),
        Verb::AplDocs => apl_docs::run(),
        Verb::Bench(args) => bench::run(&args, &stop),
        Verb::Coverage => coverage::run(&stop),
        Verb::Storm(args) => storm::run(&args, &stop),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) if stop.asked() => ExitCode::from(stop::INTERRUPTED),
        Err(error) => failed(&error),
    }
}

fn failed(error: &anyhow::Error) -> ExitCode {
    eprintln!("\nerror: {error:#}");
    ExitCode::FAILURE
}
