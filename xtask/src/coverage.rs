//! `cargo xtask coverage`: which lines of the telemetry kit its own tests run, those in the processes that
//! they start included.
//!
//! The compiler counts (`-C instrument-coverage`), `cargo llvm-cov` collects, and LLVM's own tools, of the
//! version that the compiler was built with, merge and map. It is no part of `ci`: the instrumented
//! dependencies are a second build of all of them.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use crate::stop::Stop;
use crate::{shell, workspace};

/// LLVM's report in the `lcov` format.
mod lines;
/// `cargo llvm-cov` and LLVM's tools: found, or installed.
mod tools;

/// The package that is looked at.
const PACKAGE: &str = "throughline-telemetry";
/// Files below this are listed with the lines that no test runs.
const PERCENT_WANTED: f64 = 95.0;

pub(crate) fn run(stop: &Stop) -> Result<()> {
    let tools = tools::provide(stop)?;
    let report = workspace::target()?.join("coverage.lcov");
    let mut tests = shell::cargo(&["llvm-cov", "test", "--package", PACKAGE, "--all-features"]);
    tests.args(["--lcov", "--output-path"]).arg(&report);
    tools.apply(&mut tests)?;
    shell::past_the_proxy(&mut tests);
    shell::run(&mut tests, stop)?;
    let text = fs::read_to_string(&report)
        .with_context(|| format!("could not read {}", workspace::shown(&report)))?;
    print(&lines::read(&text));
    println!("report: {}", workspace::shown(&report));
    Ok(())
}

fn print(files: &[lines::File]) {
    let total: usize = files.iter().map(|file| file.total).sum();
    let ran: usize = files.iter().map(|file| file.ran).sum();
    println!("\nlines of {PACKAGE} that its tests run ({})", compiler());
    for file in files.iter().filter(|file| file.percent() < PERCENT_WANTED) {
        let name = workspace::shown(Path::new(&file.path));
        println!(
            "{:>6.2} %  {name}: {}",
            file.percent(),
            file.missed_ranges()
        );
    }
    let percent = lines::percent(total, ran);
    let verdict = if percent > PERCENT_WANTED {
        "met"
    } else {
        "MISSED"
    };
    println!(
        "{percent:>6.2} %  in all: {ran} of {total} lines, {} files; bar above {PERCENT_WANTED} %: {verdict}",
        files.len()
    );
}

fn compiler() -> String {
    let said = shell::read(Command::new("rustc").arg("--version"));
    said.map_or_else(
        |_| "rustc unknown".to_owned(),
        |said| said.trim().to_owned(),
    )
}
