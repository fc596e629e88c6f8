//! Losses of power in simulation: a seed decides what is appended, trimmed and reopened, what the disk
//! refuses, when the power goes, and what of the unsynced data, names and removals is left: nothing, all,
//! a part torn at 512 bytes or 4 KiB, or any pages of it.
//!
//! `THROUGHLINE_SEEDS=2000` makes it long; `THROUGHLINE_FIRST_SEED` starts elsewhere.

/// What must be in the log, what may be, and what must not.
mod ledger;

use crate::dice::{Dice, asked};
use bytes::Bytes;
use ledger::{Ledger, Verdict};
use std::path::Path;
use std::sync::Arc;
use throughline_wal::{Config, Disk, Error, Inline, TestDisk};

const LIVES: u64 = 6;
const DIR: &str = "/state/log";
/// The bugs that the simulation must see; `model::planted` plants one in a process.
const BUGS: [&str; 8] = [
    "wal_no_sync",
    "wal_ack_before_sync",
    "wal_no_directory_sync",
    "wal_retry_sync",
    "wal_no_checksum",
    "wal_trim_one_too_far",
    "wal_no_cut_back",
    "wal_no_void",
];
/// Set where [`BUGS`] can be planted: see `model::planted`.
const CAN_PLANT: bool = option_env!("THROUGHLINE_PLANTED").is_some();

/// How often what happened.
#[derive(Debug, Default)]
struct Counts {
    lives: u64,
    losses_of_power: u64,
    appended: u64,
    acknowledged: u64,
    refused: u64,
    torn_records: u64,
}

struct World {
    dice: Dice,
    disk: Arc<TestDisk>,
    config: Config,
    ledger: Ledger,
    counts: Counts,
    log: Option<Inline>,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let disk = Arc::new(TestDisk::default());
        let config = Config {
            segment_bytes_max: 256 << dice.below(9),
            preallocate_bytes: 64 << dice.below(10),
            quarantine_dir: Some(Path::new("/state/quarantine").to_owned()),
            disk: Disk::Test(Arc::clone(&disk)),
            ..Config::default()
        };
        Self {
            dice,
            disk,
            config,
            ledger: Ledger::default(),
            counts: Counts::default(),
            log: None,
        }
    }

    /// The log from opening to the end of the process or of the power.
    fn live(&mut self) {
        self.counts.lives += 1;
        self.plan_faults();
        self.reopen();
        for _ in 0..self.dice.below(40) {
            match self.dice.below(16) {
                0 => self.trim(),
                1 => {
                    if let Some(log) = self.log.take() {
                        log.close();
                    }
                    self.reopen();
                }
                2 => {
                    self.log = None;
                    self.reopen();
                }
                3 => {
                    let room = self.dice.below(4000);
                    self.disk.state().room_bytes = self.dice.once_in(2).then_some(room);
                }
                _ => self.append(),
            }
        }
        if self.dice.once_in(2) {
            // The power goes while a group is being written.
            let steps = 1 + self.dice.below(3);
            let left = self.disk.state().steps_left.unwrap_or(steps);
            self.disk.state().steps_left = Some(left.min(steps));
            self.append();
        }
        let is_off = self.disk.state().is_off();
        let ends_well = !is_off && self.dice.once_in(3);
        if let Some(log) = self.log.take().filter(|_| ends_well) {
            log.close();
        }
        if is_off || self.dice.once_in(2) {
            self.counts.losses_of_power += 1;
            self.disk.lose_power(&mut |bound| self.dice.below(bound));
        }
        self.disk.state().calm();
    }

    fn plan_faults(&mut self) {
        let (steps, fault) = (self.dice.below(100), self.dice.below(60));
        let mut state = self.disk.state();
        state.steps_left = (!self.dice.once_in(4)).then_some(steps);
        state.fault_in = self.dice.once_in(3).then_some(fault);
    }

    fn reopen(&mut self) {
        match Inline::open(Path::new(DIR), &self.config) {
            Ok((log, recovery)) => {
                self.counts.torn_records += recovery.torn_records;
                self.ledger.check(log.replay(self.ledger.trimmed_seq));
                self.log = Some(log);
            }
            Err(error) => assert!(matches!(error, Error::Io { .. }), "{error}"),
        }
    }

    fn append(&mut self) {
        let Some(log) = &mut self.log else {
            return self.reopen();
        };
        let records: Vec<_> = (0..1 + self.dice.below(10))
            .map(|_| {
                let bytes_max = 16 << self.dice.below(9);
                let bytes = self.dice.below(bytes_max) as usize;
                let mut record = self.dice.next().to_le_bytes().to_vec();
                // Runs of zeros look like space that was never written.
                let filled = self.dice.bytes(bytes);
                record.extend(if self.dice.once_in(8) {
                    vec![0; bytes]
                } else {
                    filled
                });
                Bytes::from(record)
            })
            .collect();
        self.counts.appended += records.len() as u64;
        for (record, answer) in records.iter().zip(log.append_group(&records)) {
            match answer {
                Ok(seq) => {
                    self.counts.acknowledged += 1;
                    self.ledger.acknowledged(seq, record);
                }
                Err(Error::Refused(_)) => {
                    self.counts.refused += 1;
                    self.ledger.refused(record);
                }
                Err(_) => self.ledger.doubtful(record),
            }
        }
        if log.failed() && self.dice.once_in(2) {
            self.log = None;
        }
    }

    fn trim(&mut self) {
        if let Some(log) = &self.log {
            let newest = self.ledger.newest_seq;
            let kept = self.dice.below(8);
            let through_seq = newest.saturating_sub(kept).max(self.ledger.trimmed_seq);
            self.ledger.trim(through_seq);
            // A trim that fails is repeated by the next one.
            let _ = log.trim(through_seq);
        }
    }
}

/// Runs one seed.
fn simulate(seed: u64, counts: &mut Counts) -> Verdict {
    let mut world = World::new(seed);
    for _ in 0..LIVES {
        world.live();
    }
    world.reopen();
    let seen = world.counts;
    counts.lives += seen.lives;
    counts.losses_of_power += seen.losses_of_power;
    counts.appended += seen.appended;
    counts.acknowledged += seen.acknowledged;
    counts.refused += seen.refused;
    counts.torn_records += seen.torn_records;
    world.ledger.verdict
}

#[test]
fn what_was_acknowledged_outlasts_any_loss_of_power() {
    let seeds = asked("THROUGHLINE_SEEDS", 200);
    let first = asked("THROUGHLINE_FIRST_SEED", 1);
    let (mut counts, mut total, mut failed) = (Counts::default(), Verdict::default(), Vec::new());
    for seed in first..first + seeds {
        let verdict = simulate(seed, &mut counts);
        total.add(&verdict);
        if verdict != Verdict::default() {
            failed.push(seed);
        }
    }
    println!(
        "power loss: {seeds} seeds, {} failed; {counts:?}; {total:?}",
        failed.len()
    );
    assert!(
        failed.is_empty(),
        "seeds {:?}",
        &failed[..failed.len().min(8)]
    );
}

#[test]
fn every_planted_bug_is_seen() {
    if !CAN_PLANT || std::env::var_os("THROUGHLINE_BUG").is_some() {
        return;
    }
    let program = std::env::current_exe().unwrap();
    let mut unseen = Vec::new();
    for bug in BUGS {
        let run = std::process::Command::new(&program)
            .args(["simulation::what_was_acknowledged", "--nocapture"])
            .env("THROUGHLINE_BUG", bug)
            .output()
            .unwrap();
        let printed = String::from_utf8_lossy(&run.stdout);
        let line = printed.lines().find(|line| line.contains("power loss:"));
        println!("{bug}: {}", line.unwrap_or("ended without a word"));
        if run.status.success() {
            unseen.push(bug);
        }
    }
    assert!(unseen.is_empty(), "not seen: {unseen:?}");
}
