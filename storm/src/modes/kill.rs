//! SIGKILL under load at random moments, a restart on the same directory, and again.

use super::watch::Watch;
use super::{Options, first_yes, look, verdict};
use crate::chance::Chance;
use crate::report::{Report, percentiles};
use crate::server::Program;
use anyhow::Result;
use std::time::Duration;

/// The bar for a release build, from the start of the process to the first acknowledged write.
const FIRST_YES_MAX: Duration = Duration::from_millis(500);

/// SIGKILL under load after 50 to 800 ms, restart, and again; all is read back every few cycles
///
/// Prints p50, p99 and the largest of the times from a start to the first acknowledged write. In a debug
/// build they are for information; with --bar they have to be within 500 ms.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Args {
    /// How often it is killed
    #[arg(long, default_value_t = 20)]
    pub(crate) cycles: u64,
    /// Everything is read back after so many kills, and at the end
    #[arg(long, default_value_t = 5)]
    pub(crate) verify_every: u64,
    /// A first acknowledged write later than 500 ms after a start is a failure
    #[arg(long)]
    pub(crate) bar: bool,
    /// Keep data files in this object store, s3://BUCKET/PREFIX, which is empty; the server takes its settings, and
    /// its catalog's if that is in PostgreSQL, from the environment. All is then read back by the query API alone
    #[arg(long, value_name = "URL")]
    pub(crate) objects: Option<String>,
}

pub(crate) async fn run(options: &Options, args: &Args, program: &Program) -> Result<Report> {
    let mut report = Report::new("kill", options.seed);
    let directory = options.directory()?;
    let data = directory.path().join("data");
    let program = &Program {
        objects: args.objects.clone(),
        ..program.clone()
    };
    let driver = options.driver();
    let mut chance = Chance::of(&[options.seed, 5]);
    let (mut first, mut queries) = (Vec::new(), 0);
    for cycle in 0..args.cycles {
        let server = match program.start(&data) {
            Ok(server) => server,
            Err(error) => {
                report
                    .findings
                    .broken_promise(format!("it does not start after kill {cycle}: {error:#}"));
                break;
            }
        };
        match first_yes(&driver, &server).await? {
            Some(after) => first.push(after),
            None => report
                .findings
                .broken_promise(format!("nothing is acknowledged after kill {cycle}")),
        }
        driver.send_again(server.addresses).await?;
        if cycle > 0 && cycle % args.verify_every == 0 {
            look(&driver, server.addresses, &mut report.findings).await?;
        }
        let load = driver.load(server.addresses);
        let watch = Watch::start(&driver, server.addresses, Duration::from_millis(25));
        tokio::time::sleep(Duration::from_millis(50 + chance.below(750))).await;
        server.kill();
        load.over().await?;
        let (found, asked) = watch.end().await?;
        report.findings.add(found);
        queries += asked;
    }
    verdict(program, &driver, &data, &mut report).await?;
    let late = first.iter().filter(|after| **after > FIRST_YES_MAX).count();
    if args.bar && late > 0 {
        report.findings.broken_promise(format!(
            "{late} first writes were acknowledged later than {FIRST_YES_MAX:?}"
        ));
    }
    report.figure("cycles", args.cycles);
    report.figure("resends", driver.ledger.resends());
    report.figure("live_queries", queries);
    report.figure("start_to_first_acknowledged_ms", percentiles(&mut first));
    Ok(report)
}
