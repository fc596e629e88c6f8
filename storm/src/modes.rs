//! What is done to the server: the command line, and what all modes share.

use crate::driver::Driver;
use crate::judge::{self, Findings};
use crate::report::Report;
use crate::server::{Addresses, Program, Server};
use crate::{books, wire};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;

/// Sync errors, a full disk, a slow disk.
pub(crate) mod fail;
/// SIGKILL at random moments.
pub(crate) mod kill;
/// Shows that the judge can fail.
pub(crate) mod planted;
/// SIGKILL at every call that changes the disk.
pub(crate) mod points;
/// Questions while files are written, merged and dropped.
pub(crate) mod questions;
/// SIGTERM under load.
pub(crate) mod stop;
/// No answer before its sync.
pub(crate) mod sync;
/// No fault at all: queries under load.
pub(crate) mod watch;

/// From SIGTERM to the end of the process.
pub(crate) const STOP_MAX: Duration = Duration::from_secs(10);
/// Short, so that flushes, commits and trims happen all the time.
pub(crate) const FLUSH_AGE: Duration = Duration::from_millis(100);
/// Longer than any run: nothing is flushed before the server is asked to end.
pub(crate) const FLUSH_NEVER: Duration = Duration::from_secs(3600);
/// A server that takes requests again does so within this time.
const FIRST_YES_MAX: Duration = Duration::from_secs(20);

/// Judge a Throughline server: load it, break it, read everything back and count.
///
/// Each mode prints one line and exits with 1 if a span was lost, doubled, phantom, altered, torn, or
/// visible although refused, or if an answer or a promise was not kept.
#[derive(Debug, clap::Parser)]
#[command(name = "storm", version)]
pub(crate) struct Command {
    #[command(subcommand)]
    mode: Mode,
    #[command(flatten)]
    options: Options,
}

#[derive(Debug, clap::Subcommand)]
enum Mode {
    Kill(kill::Args),
    Points(points::Args),
    Fail(fail::Args),
    Stop(stop::Args),
    Watch(watch::Args),
    Questions(questions::Args),
    /// No request is acknowledged before its bytes in the log are synced, and no data file is committed
    /// before it is (kill -9 cannot show it: the page cache survives)
    Sync,
    Planted(planted::Args),
}

/// What all modes are told.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Options {
    /// The server's program
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        default_value = "target/debug/throughline"
    )]
    server: PathBuf,
    /// The same seed sends the same requests
    #[arg(long, global = true, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Clients that send at a time
    #[arg(long, global = true, default_value_t = 4)]
    pub(crate) writers: u64,
    /// Append a line of JSON for this run to FILE, usually reliability/ledger.jsonl
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) ledger: Option<PathBuf>,
    /// Send nothing twice: for a server that does not recognise what is sent again
    #[arg(long, global = true)]
    no_resends: bool,
    /// Where the data directories are made; they are removed afterwards
    #[arg(long, global = true, value_name = "DIR")]
    scratch: Option<PathBuf>,
}

impl Options {
    pub(crate) fn program(&self, flush_age: Duration) -> Program {
        Program {
            path: self.server.clone(),
            flush_age,
            told: Vec::new(),
            objects: None,
            bug: None,
        }
    }

    pub(crate) fn driver(&self) -> Arc<Driver> {
        Arc::new(Driver::new(self.seed, !self.no_resends, self.writers))
    }

    pub(crate) fn directory(&self) -> Result<TempDir> {
        let mut builder = tempfile::Builder::new();
        builder.prefix("storm-");
        let made = match &self.scratch {
            Some(directory) => builder.tempdir_in(directory),
            None => builder.tempdir(),
        };
        made.context("could not make a data directory")
    }
}

pub(crate) async fn run(command: &Command) -> Result<bool> {
    let options = &command.options;
    let program = options.program(FLUSH_AGE);
    let report = match &command.mode {
        Mode::Kill(args) => kill::run(options, args, &program).await?,
        Mode::Points(args) => points::run(options, args, &program).await?,
        Mode::Fail(args) => fail::run(options, args, &program).await?,
        Mode::Stop(args) => stop::run(options, args, &program).await?,
        Mode::Watch(args) => watch::run(options, args, &program).await?,
        Mode::Questions(args) => questions::run(options, args, &program).await?,
        Mode::Sync => sync::run(options, &program).await?,
        Mode::Planted(args) => return planted::run(options, args).await,
    };
    report.finish(options.ledger.as_deref())
}

/// The last look: everything by the query API, the books, a clean stop, everything by the data files.
pub(crate) async fn verdict(
    program: &Program,
    driver: &Driver,
    data: &Path,
    report: &mut Report,
) -> Result<()> {
    let server = match program.start(data) {
        Ok(server) => server,
        Err(error) => {
            report
                .findings
                .broken_promise(format!("it does not start again: {error:#}"));
            return Ok(());
        }
    };
    driver.send_again(server.addresses).await?;
    if first_yes(driver, &server).await?.is_none() {
        report
            .findings
            .broken_promise("after the fault nothing is acknowledged".to_owned());
    }
    look(driver, server.addresses, &mut report.findings).await?;
    finish(server, driver, data, report).await
}

/// Everything by the query API, and the books.
pub(crate) async fn look(
    driver: &Driver,
    addresses: Addresses,
    findings: &mut Findings,
) -> Result<()> {
    match judge::by_api(driver.seed, &driver.ledger, addresses).await {
        Ok(found) => findings.add(found),
        Err(error) => findings.broken_promise(format!("a query fails: {error:#}")),
    }
    findings.add(books::check(addresses).await?);
    Ok(())
}

/// A clean stop, and everything by catalog and data files, if they are in the directory.
pub(crate) async fn finish(
    mut server: Server,
    driver: &Driver,
    data: &Path,
    report: &mut Report,
) -> Result<()> {
    server.terminate()?;
    match server.wait(STOP_MAX) {
        Ok(status) if status.success() => {}
        Ok(status) => report
            .findings
            .broken_promise(format!("asked to end, it ended with {status}")),
        Err(error) => report.findings.broken_promise(format!("{error:#}")),
    }
    let elsewhere = server.elsewhere;
    drop(server);
    report.driven(driver);
    if elsewhere {
        return Ok(());
    }
    match judge::by_lake(driver.seed, &driver.ledger, data).await {
        Ok(found) => report.findings.add(found),
        Err(error) => report
            .findings
            .broken_promise(format!("the data files: {error:#}")),
    }
    Ok(())
}

/// Sends until one request is acknowledged; how long after the start that was.
pub(crate) async fn first_yes(driver: &Driver, server: &Server) -> Result<Option<Duration>> {
    while server.started.elapsed() < FIRST_YES_MAX {
        let b = driver.ledger.next();
        if driver.send_one(server.addresses, b).await? {
            return Ok(Some(server.started.elapsed()));
        }
        if wire::ask(server.addresses.console, "/healthz", None)
            .await
            .is_err()
        {
            return Ok(None);
        }
    }
    Ok(None)
}
