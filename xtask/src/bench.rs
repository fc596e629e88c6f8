//! `cargo xtask bench`: what is measured, in the profile that is shipped.
//!
//! ```text
//! cargo xtask bench                            the store: ingest, size on disk, queries
//! cargo xtask bench decode                     the decoder beside prost and Arrow's builders
//! cargo xtask bench ingest http --seconds 60   the server under load: rate, processor, memory, answers
//! cargo xtask bench storage queries            the data files: each question, warm and cold, beside its bar
//! cargo xtask bench faulty-store --commits 10000   an object store that fails: nothing lost, nothing doubled
//! cargo xtask bench complete                   an editor's questions: a query of 1 KB over 10,000 fields
//! cargo xtask bench attack --tries 100000      the server under attack: memory, and a client that behaves
//! cargo xtask bench overhead --rounds 15       the kit: processor time and allocations of a request
//! cargo xtask bench latency --rounds 10        the kit: latency of a service with it and without
//! cargo xtask bench soak --minutes 10          the kit: a service beside collectors that misbehave
//! ```
//!
//! Figures are worth something on a machine that does nothing else meanwhile; each table names the machine.

use std::process::Command;

use anyhow::Result;

use crate::stop::Stop;
use crate::{python, shell, workspace};

/// Measure the store or the telemetry kit.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    name: Option<Name>,
    /// What the store's benchmark is told.
    #[arg(last = true)]
    arguments: Vec<String>,
}

#[derive(Debug, clap::Subcommand)]
enum Name {
    /// The store: ingest, size on disk and the runbook's queries
    First(Told),
    /// The decoder on one core, beside prost's messages and Arrow's builders
    Decode(Told),
    /// The server under load from a process of its own: `ingest http --help` lists what can be measured
    Ingest(Told),
    /// The data files and their queries: `storage --help` lists what can be measured
    Storage(Told),
    /// What an editor asks at a key stroke: completion and diagnostics of a query of 1 KB over 10,000 fields
    Complete(Told),
    /// The server under attack: bombs, lies, slow senders and floods, beside a client that behaves
    Attack(Told),
    /// The store on an object store of which most requests fail: what is lost, doubled or astray
    FaultyStore(Told),
    /// The kit: what a span costs the calling thread, beside two others, and what it allocates
    Overhead(Told),
    /// The kit: p50 and p99 of a service on loopback, bare and with it
    Latency(Told),
    /// The kit: a service for minutes beside collectors that are dead, slow, refusing or hanging up
    Soak(Told),
}

/// The benchmark's own arguments; the head of its `main.rs` lists them.
#[derive(Debug, clap::Args)]
struct Told {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

pub(crate) fn run(args: &Args, stop: &Stop) -> Result<()> {
    match &args.name {
        None => store(&args.arguments, stop),
        Some(Name::First(told)) => store(&told.arguments, stop),
        Some(Name::Decode(told)) => of_workspace("decode", &told.arguments, stop),
        Some(Name::FaultyStore(told)) => of_workspace("faulty_store", &told.arguments, stop),
        Some(Name::Complete(told)) => of_workspace("complete", &told.arguments, stop),
        Some(Name::Attack(told)) => of_workspace("attack", &told.arguments, stop),
        Some(Name::Ingest(told)) => shell::run(&mut program("ingest-bench", told, stop)?, stop),
        Some(Name::Storage(told)) => storage(told, stop),
        Some(Name::Overhead(told)) => {
            kit("overhead", &[], &told.arguments, stop)?;
            kit("allocations", &[], &[], stop)
        }
        Some(Name::Latency(told)) => kit("load", &["latency"], &told.arguments, stop),
        Some(Name::Soak(told)) => kit("load", &["soak"], &told.arguments, stop),
    }
}

fn store(told: &[String], stop: &Stop) -> Result<()> {
    of_workspace("first", told, stop)
}

/// With the whole workspace's features, so that the query engine is built once.
fn of_workspace(bench: &str, told: &[String], stop: &Stop) -> Result<()> {
    let mut bench = shell::cargo(&["bench", "--workspace", "--bench", bench, "--"]);
    shell::past_the_proxy(&mut bench);
    shell::run(bench.args(told), stop)
}

/// A benchmark that is a program of its own, as the server is.
fn program(name: &str, told: &Told, stop: &Stop) -> Result<Command> {
    let mut build = shell::cargo(&["build", "--release", "--workspace"]);
    shell::run(build.args(["--bin", "throughline", "--bin", name]), stop)?;
    let mut load = Command::new(workspace::target()?.join("release").join(name));
    shell::past_the_proxy(&mut load);
    load.args(&told.arguments);
    Ok(load)
}

/// Some of its modes put others beside us, which are Python packages.
fn storage(told: &Told, stop: &Stop) -> Result<()> {
    let mut bench = program("storage-bench", told, stop)?;
    let mode = told.arguments.first().map(String::as_str);
    if let Some("peers" | "size") = mode {
        bench.env(python::VARIABLE, python::provide(&python::PEERS, stop)?);
    }
    shell::run(&mut bench, stop)
}

/// One of the kit's benchmarks. Its services and collectors are on this machine.
fn kit(bench: &str, verb: &[&str], told: &[String], stop: &Stop) -> Result<()> {
    let package = [
        "bench",
        "--package",
        "throughline-telemetry",
        "--all-features",
    ];
    let mut command = shell::cargo(&package);
    command.args(["--bench", bench, "--"]).args(verb).args(told);
    shell::past_the_proxy(&mut command);
    shell::run(&mut command, stop)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::{Args, Name};

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        args: Args,
    }

    fn args(line: &[&str]) -> Args {
        let line = std::iter::once("bench").chain(line.iter().copied());
        Line::try_parse_from(line).unwrap().args
    }

    #[test]
    fn without_a_name_it_is_the_stores() {
        let args = args(&["--", "--spans", "5"]);
        assert!(args.name.is_none());
        assert_eq!(args.arguments, ["--spans", "5"]);
    }

    #[test]
    fn what_follows_a_name_is_the_benchmarks_own() {
        let args = args(&["soak", "--minutes", "0.2", "--one-by-one"]);
        let Some(Name::Soak(told)) = args.name else {
            unreachable!("{args:?}")
        };
        assert_eq!(told.arguments, ["--minutes", "0.2", "--one-by-one"]);
    }
}
