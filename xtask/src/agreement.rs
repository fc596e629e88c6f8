//! Axiom's own language service on the queries of the corpora, and what we make of the same: `e2e/agreement/`.

use std::process::Command;

use anyhow::Result;

use crate::steps::Steps;
use crate::stop::Stop;
use crate::{npm, shell, workspace};

/// Writes what we make of each query, and compares.
pub(crate) fn run(steps: &mut Steps, stop: &Stop) -> Result<()> {
    let folder = workspace::root().join("e2e");
    steps.step("agreement: install", || {
        npm::require()?;
        npm::install(&folder, stop)
    })?;
    steps.step("agreement: ours", || {
        let test = ["test", "--workspace", "--all-features", "--test", "apl"];
        shell::run(shell::cargo(&test).arg("agreement::"), stop)
    })?;
    steps.step("agreement: Axiom's", || {
        let mut compare = Command::new("node");
        compare.arg(folder.join("agreement").join("compare.mjs"));
        compare.arg(workspace::target()?.join("tmp").join("agreement.json"));
        shell::run(&mut compare, stop)
    })
}
