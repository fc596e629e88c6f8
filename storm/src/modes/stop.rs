//! SIGTERM under load: what was taken is answered, and the process ends in time.

use super::{Options, STOP_MAX};
use crate::chance::Chance;
use crate::driver::Driver;
use crate::judge;
use crate::report::{Report, percentiles};
use crate::server::Program;
use anyhow::Result;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// SIGTERM under load: a request that was stored was answered, and the process ends within 10 s with 0
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Args {
    /// How often it is stopped
    #[arg(long, default_value_t = 10)]
    pub(crate) cycles: u64,
}

pub(crate) async fn run(options: &Options, args: &Args, program: &Program) -> Result<Report> {
    let mut report = Report::new("stop", options.seed);
    let directory = options.directory()?;
    let data = directory.path().join("data");
    // Nothing is sent twice: a request without an answer must not be there.
    let driver = Arc::new(Driver::new(options.seed, false, options.writers));
    let mut chance = Chance::of(&[options.seed, 6]);
    let mut times = Vec::new();
    for _ in 0..args.cycles {
        let mut server = program.start(&data)?;
        let load = driver.load(server.addresses);
        tokio::time::sleep(Duration::from_millis(50 + chance.below(500))).await;
        let asked = Instant::now();
        server.terminate()?;
        let ended = tokio::task::spawn_blocking(move || server.wait(STOP_MAX)).await?;
        match ended {
            Ok(status) if status.success() => times.push(asked.elapsed()),
            Ok(status) => report
                .findings
                .broken_promise(format!("asked to end, it ended with {status}")),
            Err(error) => report.findings.broken_promise(format!("{error:#}")),
        }
        load.over().await?;
    }
    let found = judge::by_lake_answered(driver.seed, &driver.ledger, &data).await?;
    report.findings.add(found);
    report.driven(&driver);
    report.figure("cycles", args.cycles);
    report.figure("sigterm_to_end_ms", percentiles(&mut times));
    Ok(report)
}
