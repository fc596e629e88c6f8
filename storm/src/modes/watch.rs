//! Queries while spans arrive and move from the buffer to data files: each acknowledged span is there
//! exactly once at every moment.

use super::{FLUSH_AGE, Options, finish, look};
use crate::driver::Driver;
use crate::judge::{self, Findings};
use crate::report::Report;
use crate::server::{Addresses, Program};
use anyhow::Result;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::task::JoinHandle;

/// Requests that a query looks at, those that are on their way from buffer to data file. Few, so that
/// there are many queries: a hand-over takes a millisecond.
const NEWEST: u64 = 24;
const WATCHES: usize = 3;

/// No fault: queries under load, each acknowledged span exactly once in every answer
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Args {
    /// How long
    #[arg(long, default_value_t = 10)]
    pub(crate) seconds: u64,
}

pub(crate) async fn run(options: &Options, args: &Args, program: &Program) -> Result<Report> {
    let mut report = Report::new("watch", options.seed);
    let directory = options.directory()?;
    let data = directory.path().join("data");
    let driver = options.driver();
    let server = program.start(&data)?;
    let load = driver.load(server.addresses);
    let watches: Vec<_> = (0..WATCHES)
        .map(|_| Watch::start(&driver, server.addresses, Duration::from_millis(1)))
        .collect();
    tokio::time::sleep(Duration::from_secs(args.seconds)).await;
    load.end().await?;
    let mut queries = 0;
    for watch in watches {
        let (found, asked) = watch.end().await?;
        report.findings.add(found);
        queries += asked;
    }
    look(&driver, server.addresses, &mut report.findings).await?;
    report.figure("live_queries", queries);
    report.figure("flush_age_ms", FLUSH_AGE.as_millis() as u64);
    report.figure("peak_mib", server.peak_mib());
    finish(server, &driver, &data, &mut report).await?;
    Ok(report)
}

/// One that asks again and again.
#[derive(Debug)]
pub(crate) struct Watch {
    stop: Arc<AtomicBool>,
    task: JoinHandle<(Findings, u64)>,
}

impl Watch {
    /// Starts asking, with a pause between two queries.
    pub(crate) fn start(driver: &Arc<Driver>, addresses: Addresses, pause: Duration) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let (driver, stopped) = (Arc::clone(driver), Arc::clone(&stop));
        let task = tokio::spawn(async move {
            let (mut findings, mut asked) = (Findings::default(), 0);
            while !stopped.load(Ordering::Relaxed) {
                let first = driver.ledger.sent().saturating_sub(NEWEST);
                // A server that was killed does not answer; one that cannot is found by the last look.
                let Ok(found) = judge::live(driver.seed, &driver.ledger, addresses, first).await
                else {
                    break;
                };
                findings.add(found);
                asked += 1;
                tokio::time::sleep(pause).await;
            }
            (findings, asked)
        });
        Self { stop, task }
    }

    /// What was found, in how many queries.
    pub(crate) async fn end(self) -> Result<(Findings, u64)> {
        self.stop.store(true, Ordering::Relaxed);
        Ok(self.task.await?)
    }
}
