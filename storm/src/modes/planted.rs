//! Shows that the judge can fail: each bug that a planted build of the server carries has to be found.

use super::{FLUSH_AGE, Options, fail, kill, points, questions, stop, sync, watch};
use crate::report::Report;
use crate::server::Program;
use anyhow::Result;
use serde_json::json;
use std::time::Instant;

/// Show that the judge can fail: every bug of a planted build is found
///
/// The server has to be built with THROUGHLINE_PLANTED=1, as `cargo xtask storm planted` does; its
/// environment then chooses one bug a process. First the same build is judged without a bug.
#[derive(Clone, Debug, clap::Args)]
pub(crate) struct Args {
    /// Bugs to plant; all of them when none is named
    bugs: Vec<String>,
}

/// The mode that finds a bug.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Kill,
    Watch,
    Stop,
    Sync,
    Replay,
    LogSync,
    Questions,
}

/// Each bug's name in the source, and what finds it. Not here is what no fault from outside brings about,
/// such as a commit whose answer is lost inside the process: the store's own tests and the log's
/// simulation plant those.
const BUGS: &[(&str, By)] = &[
    ("store_ack_before_log", By::Kill),
    ("store_trim_before_commit", By::Replay),
    ("store_commit_without_position", By::Kill),
    ("store_discard_before_commit", By::Watch),
    ("store_handover_off_by_one", By::Watch),
    ("store_handover_leaves_out", By::Watch),
    ("store_flush_leaves_out", By::Kill),
    ("store_replay_skips_last", By::Kill),
    ("store_resend_off", By::Kill),
    ("store_resend_forgotten_at_restart", By::Kill),
    ("wal_no_sync", By::Sync),
    ("wal_ack_before_sync", By::Sync),
    ("server_resend_ignores_dataset", By::Watch),
    ("server_resend_short_digest", By::Watch),
    ("server_loses_a_column", By::Watch),
    ("server_loses_a_span", By::Watch),
    ("server_refuses_what_it_keeps", By::Watch),
    ("server_hides_rejections", By::Watch),
    ("doors_failure_acknowledged", By::LogSync),
    ("doors_rejections_not_counted", By::Watch),
    ("server_stops_at_once", By::Stop),
    ("store_merge_keeps_the_small", By::Questions),
    ("store_retention_too_early", By::Questions),
    ("store_retention_never", By::Questions),
];

/// Short: a bug that is there is found soon.
const KILLS: u64 = 5;
const WATCH_SECONDS: u64 = 6;
const STOPS: u64 = 4;
const SCENE_STRIDE: u64 = 4;
/// The least in which spans have to be gone.
const QUESTIONS_MINUTES: f64 = 1.5;

pub(crate) async fn run(options: &Options, args: &Args) -> Result<bool> {
    let started = Instant::now();
    let chosen = |name: &str| args.bugs.is_empty() || args.bugs.iter().any(|bug| bug == name);
    let bugs: Vec<_> = BUGS.iter().filter(|(name, _)| chosen(name)).collect();
    let mut missed = args
        .bugs
        .iter()
        .filter(|bug| bugs.iter().all(|(name, _)| name != bug))
        .count();
    let mut controls = Vec::new();
    println!("{:36} {:9} verdict", "bug", "by");
    for (name, by) in bugs {
        if !controls.contains(by) {
            controls.push(*by);
            missed += usize::from(!told(
                "(none)",
                *by,
                judge(options, *by, None).await?,
                false,
            ));
        }
        let report = judge(options, *by, Some(name)).await?;
        missed += usize::from(!told(name, *by, report, true));
    }
    let (count, seconds) = (BUGS.len(), started.elapsed().as_secs_f64());
    let mut report = Report::new("planted", options.seed);
    report.figure("bugs", json!(count));
    report.figure("missed", json!(missed));
    println!(
        "storm planted {}: {count} bugs known, {missed} wrong verdicts, {seconds:.1} s",
        if missed == 0 { "ok" } else { "FAIL" }
    );
    report.record(options.ledger.as_deref())?;
    Ok(missed == 0)
}

/// Prints a verdict; whether it is the one that is wanted.
fn told(name: &str, by: By, report: Report, wanted: bool) -> bool {
    let counts = report.findings.counts();
    let found: Vec<_> = counts.iter().filter(|(_, count)| *count > 0).collect();
    let words: Vec<_> = found
        .iter()
        .map(|(name, count)| format!("{name} {count}"))
        .collect();
    let right = found.is_empty() != wanted;
    let verdict = match (wanted, right) {
        (true, true) => "caught",
        (true, false) => "MISSED",
        (false, true) => "ok",
        (false, false) => "FALSE ALARM",
    };
    println!(
        "{name:36} {:9} {verdict}: {}",
        format!("{by:?}").to_lowercase(),
        words.join(", ")
    );
    if !wanted && !right {
        report
            .findings
            .words
            .iter()
            .for_each(|words| println!("    {words}"));
    }
    right
}

/// The mode that finds such a bug, short.
async fn judge(options: &Options, by: By, bug: Option<&str>) -> Result<Report> {
    let program = Program {
        bug: bug.map(str::to_owned),
        ..options.program(FLUSH_AGE)
    };
    let scene = |scene| points::Args {
        scenes: vec![scene],
        stride: SCENE_STRIDE,
    };
    let mut report = match by {
        By::Kill => {
            let args = kill::Args {
                cycles: KILLS,
                verify_every: 2,
                bar: false,
                objects: None,
            };
            kill::run(options, &args, &program).await
        }
        By::Watch => {
            watch::run(
                options,
                &watch::Args {
                    seconds: WATCH_SECONDS,
                },
                &program,
            )
            .await
        }
        By::Questions => {
            let minutes = QUESTIONS_MINUTES;
            questions::run(options, &questions::Args { minutes }, &program).await
        }
        By::Stop => stop::run(options, &stop::Args { cycles: STOPS }, &program).await,
        By::Sync => sync::run(options, &program).await,
        By::Replay => points::run(options, &scene(points::Scene::Replay), &program).await,
        By::LogSync => {
            fail::run(
                options,
                &fail::Args {
                    faults: vec![fail::Fault::LogSync],
                },
                &program,
            )
            .await
        }
    }
    .or_else(|error| failed(options, bug, error))?;
    report.demand_load();
    Ok(report)
}

/// A server that a bug keeps from running is a bug that was found.
fn failed(options: &Options, bug: Option<&str>, error: anyhow::Error) -> Result<Report> {
    if bug.is_none() {
        return Err(error);
    }
    let mut report = Report::new("planted", options.seed);
    report.findings.broken_promise(format!("{error:#}"));
    Ok(report)
}
