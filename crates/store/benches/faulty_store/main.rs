//! The test `faulty` at length: an object store that fails most of the time, thousands of commits, nothing lost, nothing
//! doubled, one data file for each stretch of the log.
//!
//! ```text
//! cargo xtask bench faulty-store --commits 10000            the bar
//! cargo xtask bench faulty-store --postgres --compact       with the catalog in PostgreSQL, and with compactions
//! cargo xtask bench faulty-store --log                      with the log in the object store, too
//! ```
//!
//! Also: `--trouble 75` (of a hundred requests so many get an error) and `--seed 1`. `--run PROGRAM ...` runs another
//! program with the object store's and an empty PostgreSQL's addresses in its environment, as `cargo xtask storm
//! --places` does.

#![allow(clippy::unwrap_used, dead_code, reason = "modules of the tests")]
#![allow(
    clippy::print_stdout,
    reason = "it talks to the person who typed its name"
)]

#[path = "../../tests/it/faulty.rs"]
mod faulty;
#[path = "../../tests/it/postgres.rs"]
mod postgres;
#[path = "../../tests/it/spans.rs"]
mod spans;
#[path = "../../tests/it/stand_in.rs"]
mod stand_in;
#[path = "../../tests/it/world.rs"]
mod world;

use std::process::{Command, ExitCode};
use std::time::Instant;

fn main() -> ExitCode {
    let mut run = faulty::Run {
        commits: 1000,
        trouble_percent: 75,
        seed: 1,
        postgres: false,
        log: false,
        compacts: false,
    };
    // Cargo adds a word of its own.
    let mut arguments = std::env::args().skip(1).filter(|it| it != "--bench");
    while let Some(argument) = arguments.next() {
        let mut number = || {
            let number = arguments.next().and_then(|it| it.parse().ok());
            number.unwrap_or_else(|| panic!("{argument} needs a number"))
        };
        match argument.as_str() {
            "--commits" => run.commits = number(),
            "--trouble" => run.trouble_percent = number(),
            "--seed" => run.seed = number(),
            "--postgres" => run.postgres = true,
            "--compact" => run.compacts = true,
            "--run" => return lend(&run, arguments),
            "--log" => (run.log, run.postgres) = (true, true),
            other => panic!("{other} is not known: the head of this program lists what is"),
        }
    }
    println!("{run:?}");
    let started = Instant::now();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let outcome = runtime.block_on(faulty::run(run));
    println!("{outcome:?} in {} s", started.elapsed().as_secs());
    faulty::check(&outcome);
    ExitCode::SUCCESS
}

/// Runs a program, whose first word comes first, beside places for its data files and its catalog.
fn lend(run: &faulty::Run, mut words: impl Iterator<Item = String>) -> ExitCode {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (objects, postgres) = runtime.block_on(async {
        let objects = stand_in::StandIn::start(run.seed).await;
        (objects, postgres::Postgres::start().await)
    });
    objects.trouble.set(run.trouble_percent);
    let mut program = Command::new(words.next().expect("--run needs a program"));
    let status = program
        .args(words)
        .envs(objects.settings())
        .env("THROUGHLINE_CATALOG", postgres.text())
        .status()
        .unwrap_or_else(|error| panic!("could not run it: {error}"));
    match status.success() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}
