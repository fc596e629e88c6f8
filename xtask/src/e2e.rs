//! The end-to-end tests: a stack on free ports with an empty folder, and Playwright on it.
//!
//! The load plays all the while and has the last word: one answer without its ids fails the step.
//!
//! What the tests look at comes to them by the environment, so that they can also be pointed at a
//! demo by hand.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::stack::plan::Tokens;
use crate::stack::{Config, Stack, lines};
use crate::steps::Steps;
use crate::stop::Stop;
use crate::{chromium, npm, programs, shell, workspace};

/// Builds the programs, starts the stack, runs the tests and ends it.
pub(crate) fn run(steps: &mut Steps, stop: &Stop) -> Result<()> {
    let folder = workspace::root().join("e2e");
    steps.step("e2e: install", || npm::install(&folder, stop))?;
    steps.step("e2e: check", || npm::script(&folder, "check", stop))?;
    let mut built = None;
    steps.step("e2e: programs", || {
        built = Some(programs::build(stop)?);
        Ok(())
    })?;
    let programs = built.context("the programs were not built")?;
    steps.step("e2e: test", || test(programs, stop))
}

fn test(programs: programs::Programs, stop: &Stop) -> Result<()> {
    let data = empty_folder()?;
    let throughline = programs.throughline.clone();
    let tokens = Tokens::new();
    let config = Config {
        programs,
        data,
        well_known_ports: false,
        spans_per_minute: None,
        tokens,
    };
    let logs = config.logs();
    let mut stack = Stack::start(config, stop)?;
    let mut playwright = Command::new("node");
    playwright
        .current_dir(workspace::root().join("e2e"))
        .args(["node_modules/@playwright/test/cli.js", "test"])
        .env("CHROMIUM", chromium::require(stop)?)
        .env("THROUGHLINE", throughline)
        .env("CONSOLE_URL", &stack.addresses.console)
        .env("COPILOT_TOKEN", &stack.config.tokens.copilot)
        .env("SERVICE_URLS", urls(&stack));
    shell::past_the_proxy(&mut playwright);
    let result = shell::run(&mut playwright, stop);
    // A dead process explains a failed test better than the test does.
    let result = stack.require_alive().and(result);
    let load_log = stack.load_log();
    stack.end(stop);
    // The load reports when it ends.
    let result = result.and_then(|()| require_headers(&load_log));
    result.with_context(|| format!("the processes' logs are in {}", logs.display()))
}

/// An error unless the load had answers and each of them had its ids.
fn require_headers(load_log: &Path) -> Result<()> {
    let output = fs::read_to_string(load_log)
        .with_context(|| format!("could not read {}", load_log.display()))?;
    let report = lines::final_report(&output).context("the load ended without a report")?;
    ensure!(report.requests > 0, "the load asked nobody");
    ensure!(
        report.headerless == 0,
        "{} of the load's {} requests were answered without X-Trace-ID or X-Request-ID",
        report.headerless,
        report.requests
    );
    Ok(())
}

/// `name=url` of each service that listens, separated by spaces.
fn urls(stack: &Stack) -> String {
    let listening = stack
        .services()
        .filter_map(|(name, url, _)| Some(format!("{name}={}", url?)));
    listening.collect::<Vec<_>>().join(" ")
}

/// Data and logs of the last run lie in the target folder until the next.
fn empty_folder() -> Result<PathBuf> {
    let folder = workspace::target()?.join("e2e");
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("could not empty {}", folder.display()))?;
    }
    fs::create_dir_all(&folder)
        .with_context(|| format!("could not create {}", folder.display()))?;
    Ok(folder)
}
