//! Questions while spans come in, files are merged, and what is old goes: every answer is what the ledger says.
//!
//! A request has a millisecond of event time to itself, so requests that are all answered are a range of time whose
//! spans are known: what is asked of them has one true answer. Retention goes by arrival: what was sent less than an
//! age ago has to be there, what was answered well before that has to be gone.

use super::{FLUSH_AGE, Options, STOP_MAX};
use crate::books;
use crate::chance::Chance;
use crate::clock;
use crate::driver::Driver;
use crate::judge;
use crate::lake;
use crate::ledger::Dataset;
use crate::report::Report;
use crate::server::{Program, Server};
use anyhow::Result;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinHandle;

/// One that asks again and again.
mod asker;
/// Verify, backup and restore beside a server that is at work.
mod copy;
/// What the ledger says at a moment.
mod known;
/// The questions and their true answers.
mod question;

use asker::Tally;
use known::{Ages, Known};

const ASKERS: u64 = 3;
/// Between two requests of a client: leaves processors to those who ask.
const PAUSE: Duration = Duration::from_millis(5);
const MARK_EVERY: Duration = Duration::from_millis(20);
/// The server lets nobody keep spans for less than a minute of its own.
const KEPT_MIN: Duration = Duration::from_secs(6);
/// Of the run: spans are kept for so long.
const KEPT_PART: u32 = 4;
/// By the server's clock, between two looks for what is old.
const RETENTION_EVERY: Duration = Duration::from_secs(600);
/// A file is kept for the sake of its newest row, at most this part of a retention.
const WINDOW_PART: u32 = 24;
/// For a flush, a merge and a machine that is busy.
const LATE_MAX: Duration = Duration::from_secs(30);
/// A run this long has merges, which give way to all else.
const MERGE_MAX: Duration = Duration::from_secs(180);
/// Both clocks tick.
const EARLY_MAX: Duration = Duration::from_millis(200);

/// No fault: questions while files are written, merged and dropped; every answer is the ledger's
///
/// Verify, backup and restore run beside it. The server's clock runs 40 times as fast, so that retention, snapshots
/// and deletion come round: that needs `faketime` (on Debian a package of that name). Without it they are not judged.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Args {
    /// How long
    #[arg(long, default_value_t = 10.0)]
    pub(crate) minutes: f64,
}

pub(crate) async fn run(options: &Options, args: &Args, program: &Program) -> Result<Report> {
    let mut report = Report::new("questions", options.seed);
    let directory = options.directory()?;
    let data = directory.path().join("data");
    let length = Duration::from_secs_f64(args.minutes * 60.0);
    let kept = (length / KEPT_PART).max(KEPT_MIN);
    let fast = clock::is_there();
    if !fast {
        println!("  NOT JUDGED: retention and deletion, since there is no `faketime`");
    }
    let ages = fast.then(|| Ages {
        kept: kept - EARLY_MAX,
        gone: kept + kept / WINDOW_PART + RETENTION_EVERY / clock::TIMES + LATE_MAX,
    });
    let program = Program {
        flush_age: FLUSH_AGE,
        ..program.clone()
    };
    let server = start(&program, &data, kept, fast)?;
    // Nothing is sent twice: the ten minutes of the server's clock in which it would know that are over in 15 s.
    let mut driver = Driver::new(options.seed, false, options.writers);
    driver.pause = PAUSE;
    let known = Known::new(Arc::new(driver), ages);
    let (tally, copies) = load(&known, &program, &data, &server, length).await?;

    let merges = books::count(server.addresses, "throughline_compaction_merges_total").await?;
    report.figure("exact", tally.exact);
    report.figure("whole", tally.whole);
    report.figure("gone", tally.gone);
    report.figure("not_judged", tally.not_judged);
    report.figure("copies", copies);
    report.figure("merges", merges);
    report.figure("peak_mib", server.peak_mib());
    report.findings.add(tally.findings);
    let awake = length.saturating_sub(known.still());
    let gone_is_due = ages.is_some_and(|ages| awake > ages.gone + LATE_MAX);
    let lacks = [
        ("question was answered", tally.exact == 0),
        ("file was merged", awake > MERGE_MAX && merges == 0),
        ("span was to be gone", gone_is_due && tally.gone == 0),
    ];
    for (what, _) in lacks.iter().filter(|(_, lacks)| *lacks) {
        let words = format!("no {what}: nothing is judged");
        report.findings.broken_promise(words);
    }
    finish(server, &known, &program, &data, &mut report).await?;
    Ok(report)
}

/// The mirror's spans are kept for a year.
fn start(program: &Program, data: &Path, kept: Duration, fast: bool) -> Result<Server> {
    if !fast {
        return program.start(data);
    }
    let age = kept * clock::TIMES;
    let told = [
        "--retention-of".to_owned(),
        format!("{}={}ms", Dataset::Traces.name(), age.as_millis()),
    ];
    let program = Program {
        told: told.to_vec(),
        ..program.clone()
    };
    program.start_under(data, &clock::line())
}

/// Load and questions for so long, with two copies in between: what the answers came to, and how many copies.
async fn load(
    known: &Arc<Known>,
    program: &Program,
    data: &Path,
    server: &Server,
    length: Duration,
) -> Result<(Tally, u64)> {
    let (stop, started) = (Arc::new(AtomicBool::new(false)), Instant::now());
    known.mark();
    let load = known.driver.load(server.addresses);
    let marking = mark(known, &stop);
    let seed = known.driver.seed;
    let asker = |n| {
        let chance = Chance::of(&[seed, 7, n]);
        let (known, stop) = (Arc::clone(known), Arc::clone(&stop));
        tokio::spawn(asker::ask(known, server.addresses, chance, stop))
    };
    let askers: Vec<_> = (0..ASKERS).map(asker).collect();
    let (mut tally, mut copies) = (Tally::default(), 0);
    let mut chance = Chance::of(&[seed, 8]);
    for part in 1..=2 {
        let due = started + length * part / 3;
        tokio::time::sleep_until(due.into()).await;
        tally.add(copy::check(known, program, data, &mut chance).await?);
        copies += 1;
    }
    tokio::time::sleep_until((started + length).into()).await;
    stop.store(true, Ordering::Relaxed);
    for asker in askers {
        tally.add(asker.await?);
    }
    load.end().await?;
    marking.await?;
    Ok((tally, copies))
}

fn mark(known: &Arc<Known>, stop: &Arc<AtomicBool>) -> JoinHandle<()> {
    let (known, stop) = (Arc::clone(known), Arc::clone(stop));
    tokio::spawn(async move {
        while !stop.load(Ordering::Relaxed) {
            known.mark();
            tokio::time::sleep(MARK_EVERY).await;
        }
    })
}

/// The books, a clean stop, everything that is left by catalog and data files, and `verify`.
async fn finish(
    mut server: Server,
    known: &Known,
    program: &Program,
    data: &Path,
    report: &mut Report,
) -> Result<()> {
    let findings = &mut report.findings;
    findings.add(books::check(server.addresses).await?);
    server.terminate()?;
    match server.wait(STOP_MAX) {
        Ok(status) if status.success() => {}
        Ok(status) => findings.broken_promise(format!("asked to end, it ended with {status}")),
        Err(error) => findings.broken_promise(format!("{error:#}")),
    }
    drop(server);
    let young = known.young(Dataset::Traces, Instant::now());
    let driver = &known.driver;
    match judge::by_lake_since(driver.seed, &driver.ledger, data, young).await {
        Ok(found) => findings.add(found),
        Err(error) => findings.broken_promise(format!("the data files: {error:#}")),
    }
    let mut tally = Tally::default();
    copy::verify(program, data, &mut tally).await?;
    findings.add(tally.findings);
    report.figure("deleted_files", lake::deleted(data).await?);
    report.driven(driver);
    Ok(())
}
