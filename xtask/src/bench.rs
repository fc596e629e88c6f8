//! `cargo xtask bench`: what is measured, in the profile that is shipped.
//!
//!     cargo xtask bench                            the store: ingest, size on disk, queries
//!     cargo xtask bench overhead --rounds 15       the kit: processor time and allocations of a request
//!     cargo xtask bench latency --rounds 10        the kit: latency of a service with it and without
//!     cargo xtask bench soak --minutes 10          the kit: a service beside collectors that misbehave
//!
//! Figures are worth something on a machine that does nothing else meanwhile; each table names the machine.

use anyhow::Result;

use crate::shell;
use crate::stop::Stop;

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
        Some(Name::Overhead(told)) => {
            kit("overhead", &[], &told.arguments, stop)?;
            kit("allocations", &[], &[], stop)
        }
        Some(Name::Latency(told)) => kit("load", &["latency"], &told.arguments, stop),
        Some(Name::Soak(told)) => kit("load", &["soak"], &told.arguments, stop),
    }
}

fn store(told: &[String], stop: &Stop) -> Result<()> {
    let mut bench = shell::cargo(&["bench", "--workspace", "--bench", "first", "--"]);
    shell::run(bench.args(told), stop)
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
