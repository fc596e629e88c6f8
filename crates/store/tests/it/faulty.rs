//! An object store that fails most of the time and forgets to say what it did: nothing is lost, nothing is doubled,
//! and each stretch of the log has one data file.

use crate::postgres::Postgres;
use crate::spans::{self, SECOND};
use crate::stand_in::StandIn;
use crate::world;
use model::Clock;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::atomic::Ordering;
use throughline_store::{Config, Error, Fault, Step, Store};

/// How long a run is, and how bad.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run {
    pub(crate) commits: u64,
    /// Of a hundred requests so many get an error, half of them after they were done.
    pub(crate) trouble_percent: u64,
    pub(crate) seed: u64,
    /// With the catalog in PostgreSQL, else in SQLite.
    pub(crate) postgres: bool,
    /// The log is in the object store, too; needs PostgreSQL.
    pub(crate) log: bool,
    /// Small files are compacted on the way, and removed when their time has come.
    pub(crate) compacts: bool,
}

/// What a run came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) rows: u64,
    pub(crate) lost: u64,
    pub(crate) doubled: u64,
    /// Ranges of the log that more than one file covers, that none does, or files that no commit names.
    pub(crate) astray_files: u64,
    pub(crate) commits: u64,
    pub(crate) compactions: u64,
    pub(crate) crashes: u64,
    pub(crate) failed_flushes: u64,
    pub(crate) refused_requests: u64,
    pub(crate) lost_answers: u64,
}

/// Rows of a request.
const ROWS: u64 = 3;
/// One in so many flushes is cut short by a crash, ...
const CRASH_EVERY: u64 = 20;
/// ... or has its commit fail, with or without effect.
const FAULT_EVERY: u64 = 10;
/// One in so many is followed by a compaction and a vacuum.
const COMPACTION_EVERY: u64 = 10;
const HOUR: i64 = 3600 * SECOND;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn most_requests_fail() {
    for (postgres, log) in [(false, false), (true, false), (true, true)] {
        let outcome = run(Run {
            commits: 100,
            trouble_percent: 75,
            seed: 5,
            postgres,
            log,
            compacts: postgres,
        })
        .await;
        check(&outcome);
        assert!(outcome.commits >= 100 && outcome.crashes > 0, "{outcome:?}");
        assert_eq!(outcome.compactions > 0, postgres, "{outcome:?}");
        assert!(outcome.lost_answers > 100, "{outcome:?}");
    }
}

/// The bar.
pub(crate) fn check(outcome: &Outcome) {
    let bad = (outcome.lost, outcome.doubled, outcome.astray_files);
    assert_eq!(bad, (0, 0, 0), "{outcome:?}");
    assert!(outcome.rows > 0);
}

pub(crate) async fn run(run: Run) -> Outcome {
    let stand_in = StandIn::start(run.seed).await;
    let postgres = match run.postgres {
        true => Some(Postgres::start().await),
        false => None,
    };
    let directory = tempfile::tempdir().unwrap();
    let config = Config {
        objects: Some(stand_in.objects()),
        catalog: postgres.as_ref().map(Postgres::url),
        log_in_objects: run.log,
        ..world::config(directory.path())
    };
    let clock = Clock::fixed(spans::EPOCH);
    let trouble = &stand_in.trouble;
    trouble.set(run.trouble_percent);
    let mut outcome = Outcome::default();
    let mut store = open(&config, &clock).await;
    while outcome.commits + store.stats().flushes < run.commits {
        for _ in 0..=trouble.dice(2) {
            let numbers = outcome.rows..outcome.rows + ROWS;
            let appended = world::append(&store, &clock, "traces", numbers).await;
            appended.unwrap();
            outcome.rows += ROWS;
            clock.advance(SECOND);
        }
        if trouble.dice(FAULT_EVERY) == 0 {
            let fault = [Fault::Undone, Fault::AnswerLost][trouble.dice(2) as usize];
            store.fail_next_commit(fault);
        }
        if trouble.dice(CRASH_EVERY) == 0 {
            let last = [Step::Files, Step::Commit, Step::Trim][trouble.dice(3) as usize];
            // Whatever comes of it.
            let _ = store.flush_through(last).await;
            outcome.commits += store.stats().flushes;
            outcome.compactions += store.stats().compactions;
            drop(store);
            store = open(&config, &clock).await;
            outcome.crashes += 1;
            continue;
        }
        while store.flush().await.is_err() {
            outcome.failed_flushes += 1;
        }
        if run.compacts && trouble.dice(COMPACTION_EVERY) == 0 {
            // Both are tried again by themselves, and here with the next.
            let _ = store.compact().await;
            clock.advance(2 * HOUR);
            let _ = store.maintain().await;
        }
    }
    outcome.commits += store.stats().flushes;
    outcome.compactions += store.stats().compactions;
    trouble.set(0);
    store.flush().await.unwrap();
    drop(store);
    // What is left over is removed when a store is opened on lists that are not late, or when its time has come.
    let store = open(&config, &clock).await;
    for _ in 0..2 {
        clock.advance(2 * HOUR);
        store.maintain().await.unwrap();
    }
    count(&mut outcome, &store).await;
    outcome.astray_files = astray_files(run, &stand_in, store.stats().log_seq);
    outcome.refused_requests = trouble.refused.load(Ordering::Relaxed);
    outcome.lost_answers = trouble.lost_answers.load(Ordering::Relaxed);
    outcome
}

async fn count(outcome: &mut Outcome, store: &Store) {
    let found = world::numbers(store, None).await;
    let distinct: BTreeSet<u64> = found.iter().copied().collect();
    outcome.doubled = (found.len() - distinct.len()) as u64;
    outcome.lost = outcome.rows - distinct.len() as u64;
}

fn astray_files(run: Run, stand_in: &StandIn, last_seq: u64) -> u64 {
    match run.log {
        false => astray(stand_in, last_seq),
        true => overlapping(stand_in) + slots_left(stand_in),
    }
}

/// Files of which another covers a part, and gaps between them: all of the log is in files, each part in one.
fn astray(stand_in: &StandIn, last_seq: u64) -> u64 {
    let mut astray = 0;
    let mut next = 1;
    for name in stand_in.files("traces") {
        match range(&name) {
            Some(range) if *range.start() == next => next = range.end() + 1,
            _ => astray += 1,
        }
    }
    astray + u64::from(next != last_seq + 1)
}

/// Files of which another covers a part. Each owner of a log in the object store gives numbers of its own.
fn overlapping(stand_in: &StandIn) -> u64 {
    let files = stand_in.files("traces");
    let ranges = files.iter().map(|name| range(name).unwrap());
    let mut ranges: Vec<_> = ranges.collect();
    ranges.sort_by_key(|range| *range.start());
    let pairs = ranges.iter().zip(ranges.iter().skip(1));
    pairs
        .filter(|(one, next)| next.start() <= one.end())
        .count() as u64
}

/// Groups of the log that are there although all is flushed, but for the newest slot.
fn slots_left(stand_in: &StandIn) -> u64 {
    const CLAIM_BYTES: u64 = 56;
    let log = stand_in.path("_log");
    let slots = world::names(&log).into_iter();
    let bytes = slots.map(|name| std::fs::metadata(log.join(name)).unwrap().len());
    (bytes.filter(|bytes| *bytes > CLAIM_BYTES).count() as u64).saturating_sub(1)
}

fn range(name: &str) -> Option<RangeInclusive<u64>> {
    let (first, last) = name.strip_suffix(".parquet")?.split_once('-')?;
    Some(first.parse().ok()?..=last.parse().ok()?)
}

/// Until it is open: a probe may fail, and what was dropped may still be there.
async fn open(config: &Config, clock: &Clock) -> Store {
    loop {
        match world::open(config, clock).await {
            Ok(store) => return store,
            Err(Error::Locked { .. } | Error::Place { .. } | Error::Object { .. }) => {
                tokio::task::yield_now().await;
            }
            Err(error) => panic!("{error}"),
        }
    }
}
