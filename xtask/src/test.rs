//! `cargo xtask test`: everything that is tested, in the order in which it is built.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::ValueEnum;

use crate::steps::Steps;
use crate::stop::Stop;
use crate::{agreement, chromium, clients, console, e2e, npm, python, shell, storm};

/// Run the tests: Rust, console, the judge and end to end.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Only these parts.
    #[arg(value_enum)]
    parts: Vec<Part>,
}

/// What can be tested by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    Console,
    Rust,
    Agreement,
    Storm,
    Clients,
    E2e,
}

pub(crate) fn run(args: &Args, stop: &Stop) -> Result<()> {
    let mut steps = Steps::default();
    let parts = if args.parts.is_empty() {
        Part::value_variants()
    } else {
        args.parts.as_slice()
    };
    let result = these(parts, &mut steps, stop);
    steps.summarize();
    result
}

/// Every part, as steps of a larger whole.
pub(crate) fn all(steps: &mut Steps, stop: &Stop) -> Result<()> {
    these(Part::value_variants(), steps, stop)
}

fn these(parts: &[Part], steps: &mut Steps, stop: &Stop) -> Result<()> {
    let has = |part| parts.contains(&part);
    if has(Part::Console) || has(Part::E2e) {
        steps.step("tools", || {
            npm::require()?;
            if has(Part::E2e) {
                chromium::require(stop).map(drop)
            } else {
                Ok(())
            }
        })?;
        // The console comes first: cargo embeds what is built here.
        steps.step("console: install", || console::install(stop))?;
    }
    if has(Part::Console) {
        steps.step("console: check", || console::check(stop))?;
        steps.step("console: test", || console::test(stop))?;
    }
    if has(Part::Console) || has(Part::E2e) {
        steps.step("console: build", || console::build(stop))?;
    }
    if has(Part::Rust) {
        let mut duckdb = None;
        steps.step("rust: DuckDB", || {
            duckdb = with_duckdb(stop)?;
            Ok(())
        })?;
        steps.step("rust: test", || rust(duckdb.as_deref(), stop))?;
        steps.step("rust: doc tests", || {
            cargo(&["test", "--workspace", "--all-features", "--doc"], stop)
        })?;
    }
    if has(Part::Agreement) {
        agreement::run(steps, stop)?;
    }
    if has(Part::Storm) {
        for (name, arguments) in storm::QUICK {
            steps.step(name, || storm::quick(arguments, stop))?;
        }
    }
    if has(Part::Clients) {
        clients::run(steps, stop)?;
    }
    if has(Part::E2e) {
        e2e::run(steps, stop)?;
    }
    Ok(())
}

/// nextest runs every test in a process of its own, and several at a time; cargo's own runner does
/// where it is not installed.
fn rust(duckdb: Option<&Path>, stop: &Stop) -> Result<()> {
    let has_nextest = shell::read(&mut shell::cargo(&["nextest", "--version"])).is_ok();
    let mut tests = if has_nextest {
        shell::cargo(&[
            "nextest",
            "run",
            "--workspace",
            "--all-features",
            "--no-fail-fast",
        ])
    } else {
        shell::cargo(&[
            "test",
            "--workspace",
            "--all-features",
            "--lib",
            "--bins",
            "--tests",
        ])
    };
    if let Some(python) = duckdb {
        tests.env(python::VARIABLE, python);
    }
    shell::run(&mut tests, stop)
}

/// A machine without Python or a network still runs all other tests.
fn with_duckdb(stop: &Stop) -> Result<Option<PathBuf>> {
    match python::provide(&python::DUCKDB, stop) {
        Ok(python) => Ok(Some(python)),
        Err(error) => {
            stop.check()?;
            println!("NOT TESTED: that DuckDB reads what we write, since there is none: {error:#}");
            Ok(None)
        }
    }
}

fn cargo(arguments: &[&str], stop: &Stop) -> Result<()> {
    shell::run(&mut shell::cargo(arguments), stop)
}
