//! `cargo xtask ci`: what must pass before a change lands. `.ci/run` calls this and nothing else.

use anyhow::Result;

use crate::steps::Steps;
use crate::stop::Stop;
use crate::{shell, test, tidy};

pub(crate) fn run(stop: &Stop) -> Result<()> {
    let mut steps = Steps::default();
    let result = all(&mut steps, stop);
    steps.summarize();
    result
}

/// The quick ones first: who forgot to format need not wait for the browser.
fn all(steps: &mut Steps, stop: &Stop) -> Result<()> {
    let cargo = |arguments: &[&str]| shell::run(&mut shell::cargo(arguments), stop);
    steps.step("fmt", || cargo(&["fmt", "--all", "--check"]))?;
    steps.step("tidy", tidy::run)?;
    steps.step("clippy", || {
        cargo(&[
            "clippy",
            "--workspace",
            "--all-features",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ])
    })?;
    test::all(steps, stop)?;
    steps.step("doc", || {
        let mut doc = shell::cargo(&["doc", "--workspace", "--all-features", "--no-deps"]);
        shell::run(doc.env("RUSTDOCFLAGS", "-D warnings"), stop)
    })
}
