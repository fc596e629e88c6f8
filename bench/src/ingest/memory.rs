//! The server's memory while it idles, at the original's own rate, and under full load.

use super::args::Args;
use super::bed::Bed;
use super::report::Report;
use crate::door::Protocol;
use crate::load::{self, Ledger};
use crate::process::Server;
use crate::supply::{self, Supply};
use crate::{door, machine};
use anyhow::{Context, Result};
use std::cell::Cell;
use std::convert::Infallible;
use std::future::Future;
use std::time::Duration;
use tokio::time::sleep;

const IDLE: Duration = Duration::from_secs(10);
const SAMPLE_EVERY: Duration = Duration::from_millis(100);
/// 400 spans a minute, as a batching exporter sends them.
const QUIET_SPANS_PER_SECOND: f64 = 400.0 / 60.0;
const QUIET_SPANS_A_BODY: usize = 20;

/// The quiet part: idle, then a few spans. How many were acknowledged.
pub(crate) async fn quiet(bed: &Bed, args: &Args, report: &mut Report) -> Result<u64> {
    let server = bed
        .server()
        .context("memory needs a server of its own, without --url")?;
    let (idle, ()) = highest(server, async {
        sleep(IDLE).await;
        Ok(())
    })
    .await?;
    report.add_mebibytes("idle_mebibytes", idle);
    report.add_mebibytes("idle_proportional_mebibytes", server.proportional_bytes()?);

    let duration = Duration::from_secs_f64(args.minutes * 60.0);
    let url = bed.addresses.otlp_http.as_deref().unwrap_or_default();
    let lanes = door::open(Protocol::Http, url, 1, 1).await?;
    let bodies = supply::prepare(2_000, QUIET_SPANS_A_BODY);
    let supply = Supply::start(
        bodies,
        machine::now_nanos(),
        duration,
        Some(QUIET_SPANS_PER_SECOND),
    );
    let (quiet, ledger) = highest(server, load::run(lanes, supply)).await?;
    report.add_mebibytes("quiet_mebibytes", quiet);
    report.add_mebibytes("quiet_proportional_mebibytes", server.proportional_bytes()?);
    Ok(ledger.spans)
}

/// The full load, with the highest memory during it.
pub(crate) async fn full(
    bed: &Bed,
    load: impl Future<Output = Result<Ledger>>,
    report: &mut Report,
) -> Result<Ledger> {
    let server = bed
        .server()
        .context("memory needs a server of its own, without --url")?;
    let (full, ledger) = highest(server, load).await?;
    report.add_mebibytes("full_mebibytes", full);
    report.add_mebibytes("full_proportional_mebibytes", server.proportional_bytes()?);
    report.add_mebibytes("peak_mebibytes", server.memory()?.peak_bytes);
    Ok(ledger)
}

/// The highest resident memory while `work` runs.
async fn highest<T>(server: &Server, work: impl Future<Output = Result<T>>) -> Result<(u64, T)> {
    let highest = Cell::new(0);
    tokio::select! {
        done = work => Ok((highest.get(), done?)),
        failed = sample(server, &highest) => match failed? {},
    }
}

/// Looks until a look fails, as it does when the server has gone.
async fn sample(server: &Server, highest: &Cell<u64>) -> Result<Infallible> {
    loop {
        highest.set(server.memory()?.resident_bytes.max(highest.get()));
        sleep(SAMPLE_EVERY).await;
    }
}
