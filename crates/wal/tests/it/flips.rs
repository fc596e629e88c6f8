//! Every bit of a 64 KiB segment, and many of a large log: each flip is found, nothing altered is ever
//! served, and what is lost is the record that was hit, counted.
//!
//! `THROUGHLINE_FLIPS=100000` makes it long.

use crate::bench::{END_BYTES, RECORD_HEAD_BYTES, SEGMENT_HEAD_BYTES};
use crate::dice::{Dice, asked};
use bytes::Bytes;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use throughline_wal::{Config, Disk, Error, Inline, TestDisk};

const DIR: &str = "/log";

/// A closed log in memory, and what is in it.
struct Sample {
    disk: Arc<TestDisk>,
    config: Config,
    records: Vec<Bytes>,
    /// Each segment's bytes and the number of its first record.
    segments: Vec<(PathBuf, Vec<u8>, u64)>,
}

impl Sample {
    fn new(bytes: usize, segment_bytes_max: u64, record_bytes: u64) -> Self {
        let disk = Arc::new(TestDisk::default());
        let config = Config {
            segment_bytes_max,
            disk: Disk::Test(Arc::clone(&disk)),
            ..Config::default()
        };
        let mut dice = Dice(7);
        let (mut records, mut left) = (Vec::new(), bytes);
        let (mut log, _) = Inline::open(Path::new(DIR), &config).unwrap();
        while left > RECORD_HEAD_BYTES {
            let group: Vec<_> = (0..=dice.below(4))
                .map_while(|_| {
                    let room = left.checked_sub(RECORD_HEAD_BYTES)?;
                    let bytes = (dice.below(record_bytes) as usize).min(room);
                    left -= RECORD_HEAD_BYTES + bytes;
                    Some(Bytes::from(dice.bytes(bytes)))
                })
                .collect();
            assert!(log.append_group(&group).iter().all(Result::is_ok));
            records.extend(group);
        }
        log.close();
        let paths = disk.list(Path::new(DIR)).unwrap();
        let segments = paths.into_iter().map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap();
            let first_seq = name.strip_prefix("wal-").unwrap().parse().unwrap();
            (path.clone(), disk.read(&path).unwrap(), first_seq)
        });
        let segments = segments.collect();
        Self {
            disk,
            config,
            records,
            segments,
        }
    }

    /// Flips a bit of a segment and reads the log; answers how many records are lost. Only what is
    /// needed of a large log is there.
    fn flip(&self, segment: usize, bit: usize) -> u64 {
        let (path, whole, first_seq) = &self.segments[segment];
        let mut bytes = whole.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let disk = Arc::new(TestDisk::default());
        disk.install(path, bytes);
        let end_seq = match self.segments.get(segment + 1) {
            None => self.records.len() as u64 + 1,
            Some((path, next, end_seq)) => {
                disk.install(path, next[..SEGMENT_HEAD_BYTES].to_vec());
                *end_seq
            }
        };
        let config = Config {
            disk: Disk::Test(disk),
            ..self.config.clone()
        };
        let (log, recovery) = Inline::open(Path::new(DIR), &config).unwrap();
        let is_end = segment + 1 == self.segments.len() && bit / 8 >= whole.len() - END_BYTES;
        assert_eq!(recovery.truncated_bytes > 0, is_end, "bit {bit}");
        assert_eq!(recovery.torn_records, 0, "bit {bit}");
        let hit = self
            .record_at(*first_seq, bit / 8)
            .filter(|hit| *hit < end_seq);
        let (mut expected_seq, mut lost) = (*first_seq, 0);
        for item in log.replay(*first_seq - 1) {
            match item {
                Ok((seq, record)) => {
                    let intact = &self.records[seq as usize - 1];
                    assert!(seq == expected_seq && record == intact, "bit {bit}");
                    expected_seq = seq + 1;
                }
                Err(Error::Damaged(damage)) => {
                    assert_eq!((Some(damage.lost_from), damage.lost_records), (hit, 1));
                    lost += damage.lost_records;
                    expected_seq += damage.lost_records;
                }
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!(
            (expected_seq, lost),
            (end_seq, u64::from(hit.is_some())),
            "bit {bit}"
        );
        lost
    }

    /// The number of the record that holds this byte of the segment that begins with `first_seq`.
    fn record_at(&self, first_seq: u64, at: usize) -> Option<u64> {
        let mut end = SEGMENT_HEAD_BYTES;
        if at < end {
            return None;
        }
        let records = self.records.iter().zip(1..).skip(first_seq as usize - 1);
        for (record, seq) in records {
            end += RECORD_HEAD_BYTES + record.len();
            if at < end {
                return Some(seq);
            }
        }
        None
    }
}

#[test]
fn every_bit_of_a_segment() {
    // In a debug build every 97th, which is each bit of a byte in turn.
    let step = if cfg!(debug_assertions) { 97 } else { 1 };
    let bytes = (64 << 10) - SEGMENT_HEAD_BYTES - END_BYTES;
    let sample = Sample::new(bytes, 1 << 20, 4000);
    let bits = sample.segments[0].1.len() * 8;
    let (mut flips, mut lost) = (0, 0);
    for bit in (0..bits).step_by(step) {
        lost += sample.flip(0, bit);
        flips += 1;
    }
    println!(
        "bit flips: {flips} of the {bits} bits of a segment: all found or without effect, {lost} records lost, each by its own flip and counted"
    );
}

#[test]
fn random_bits_of_a_large_log() {
    let flips = asked("THROUGHLINE_FLIPS", 300);
    let sample = Sample::new(32 << 20, 256 << 10, 40_000);
    let mut dice = Dice(11);
    let mut lost = 0;
    for _ in 0..flips {
        let segment = dice.below(sample.segments.len() as u64) as usize;
        let bits = sample.segments[segment].1.len() as u64 * 8;
        lost += sample.flip(segment, dice.below(bits) as usize);
    }
    let (segments, records) = (sample.segments.len(), sample.records.len());
    println!(
        "bit flips: {flips} in a log of 32 MiB ({segments} segments, {records} records): all found or without effect, {lost} records lost, each by its own flip and counted"
    );
    // The whole log, once, as it was written.
    let (log, _) = Inline::open(Path::new(DIR), &sample.config).unwrap();
    assert_eq!(log.replay(0).filter(Result::is_ok).count(), records);
    drop(sample.disk);
}
