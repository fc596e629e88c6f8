//! `cargo xtask bench`: the store's first benchmark, in the profile that is shipped.

use anyhow::Result;

use crate::shell;
use crate::stop::Stop;

/// Measure ingest, size on disk and the runbook's queries.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// What the benchmark itself is told.
    #[arg(last = true)]
    arguments: Vec<String>,
}

pub(crate) fn run(args: &Args, stop: &Stop) -> Result<()> {
    let mut bench = shell::cargo(&["bench", "--workspace", "--bench", "first", "--"]);
    shell::run(bench.args(&args.arguments), stop)
}
