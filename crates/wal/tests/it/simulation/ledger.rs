//! What must be in the log, what may be, and what must not.

use bytes::Bytes;
use std::collections::{BTreeMap, HashSet};
use throughline_wal::{Error, Replay};

/// What went wrong, counted.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Verdict {
    lost: u64,
    altered: u64,
    /// Never appended, or seen a second time, or not any more a moment ago.
    phantom: u64,
    refused_but_there: u64,
    disordered: u64,
    number_reused: u64,
    /// Reported as damage though nothing was damaged.
    false_alarm: u64,
}

impl Verdict {
    pub(super) fn add(&mut self, other: &Self) {
        self.lost += other.lost;
        self.altered += other.altered;
        self.phantom += other.phantom;
        self.refused_but_there += other.refused_but_there;
        self.disordered += other.disordered;
        self.number_reused += other.number_reused;
        self.false_alarm += other.false_alarm;
    }
}

/// The ledger of one log, kept outside it.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// Acknowledged or served, and not trimmed: must be there.
    promised: BTreeMap<u64, Bytes>,
    /// Neither acknowledged nor refused: may be there at the next opening, or never.
    doubtful: HashSet<Bytes>,
    refused: HashSet<Bytes>,
    pub(super) trimmed_seq: u64,
    /// The newest number that was acknowledged or served.
    pub(super) newest_seq: u64,
    pub(super) verdict: Verdict,
}

impl Ledger {
    pub(super) fn acknowledged(&mut self, seq: u64, record: &Bytes) {
        if seq <= self.newest_seq {
            self.verdict.number_reused += 1;
        }
        self.newest_seq = self.newest_seq.max(seq);
        self.promised.insert(seq, record.clone());
    }

    pub(super) fn refused(&mut self, record: &Bytes) {
        self.refused.insert(record.clone());
    }

    pub(super) fn doubtful(&mut self, record: &Bytes) {
        self.doubtful.insert(record.clone());
    }

    pub(super) fn trim(&mut self, through_seq: u64) {
        self.trimmed_seq = through_seq;
        self.promised = self.promised.split_off(&(through_seq + 1));
    }

    /// Compares a log just opened with the ledger; what it serves is promised from then on.
    pub(super) fn check(&mut self, replay: Replay) {
        let mut served = BTreeMap::new();
        for item in replay {
            match item {
                Ok((seq, record)) => {
                    if served
                        .last_key_value()
                        .is_some_and(|(last, _)| *last >= seq)
                    {
                        self.verdict.disordered += 1;
                    }
                    self.judge(seq, &record);
                    served.insert(seq, record);
                }
                Err(Error::Damaged(_)) => self.verdict.false_alarm += 1,
                Err(error) => panic!("{error}"),
            }
        }
        let lost = self.promised.keys().filter(|seq| !served.contains_key(seq));
        self.verdict.lost += lost.count() as u64;
        if let Some((newest, _)) = served.last_key_value() {
            self.newest_seq = self.newest_seq.max(*newest);
        }
        self.promised = served;
        self.doubtful.clear();
    }

    fn judge(&mut self, seq: u64, record: &Bytes) {
        match self.promised.get(&seq) {
            Some(promised) if promised == record => {}
            Some(_) => self.verdict.altered += 1,
            None if self.doubtful.remove(record) => {}
            None if self.refused.contains(record) => self.verdict.refused_but_there += 1,
            None => self.verdict.phantom += 1,
        }
    }
}
