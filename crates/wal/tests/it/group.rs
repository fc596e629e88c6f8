//! Records of one write, of which any may be missing: told apart from damage by what is behind them.

use crate::bench::{RECORD_HEAD_BYTES, SEGMENT_HEAD_BYTES, small};
use bytes::Bytes;
use std::path::Path;
use std::sync::Arc;
use throughline_wal::{Config, Disk, Error, Inline, Recovery, TestDisk};

const DIR: &str = "/log";
const RECORD_BYTES: usize = 40;
const STEP: usize = RECORD_HEAD_BYTES + RECORD_BYTES;

fn config(disk: &Arc<TestDisk>) -> Config {
    Config {
        segment_bytes_max: 64 << 10,
        disk: Disk::Test(Arc::clone(disk)),
        quarantine_dir: Some(Path::new("/quarantine").to_owned()),
        ..small()
    }
}

/// A disk with a log of these groups of records, which are counted through; as a crash leaves it.
fn disk_with(groups: &[u8]) -> Arc<TestDisk> {
    let disk = Arc::new(TestDisk::default());
    let (mut log, _) = Inline::open(Path::new(DIR), &config(&disk)).unwrap();
    let mut seqs = 1..;
    for records in groups {
        let group: Vec<_> = seqs.by_ref().take(usize::from(*records)).collect();
        let group: Vec<_> = group
            .iter()
            .map(|seq| Bytes::from(vec![*seq; 40]))
            .collect();
        assert!(log.append_group(&group).iter().all(Result::is_ok));
    }
    disk
}

/// Alters a byte of the payload, or of the head, of the record of each of these numbers.
fn spoil(disk: &TestDisk, seqs: &[usize], byte: usize) {
    let path = &disk.list(Path::new(DIR)).unwrap()[0];
    let mut bytes = disk.read(path).unwrap();
    for seq in seqs {
        bytes[SEGMENT_HEAD_BYTES + (seq - 1) * STEP + byte] ^= 1;
    }
    disk.install(path, bytes);
}

/// What is found: how it was recovered, the numbers read, and what is reported missing.
fn reopen(disk: &Arc<TestDisk>) -> (Recovery, Vec<u64>, Vec<(u64, u64)>) {
    let (log, recovery) = Inline::open(Path::new(DIR), &config(disk)).unwrap();
    let (mut seqs, mut lost) = (Vec::new(), Vec::new());
    for item in log.replay(0) {
        match item {
            Ok((seq, record)) => {
                assert_eq!(record, vec![seq as u8; 40]);
                seqs.push(seq);
            }
            Err(Error::Damaged(damage)) => lost.push((damage.lost_from, damage.lost_records)),
            Err(error) => panic!("{error}"),
        }
    }
    (recovery, seqs, lost)
}

#[test]
fn what_is_missing_in_the_last_group_is_torn_and_the_rest_is_kept() {
    for byte in [0, 4, 20, RECORD_HEAD_BYTES + 1] {
        let disk = disk_with(&[2, 5]);
        spoil(&disk, &[3, 5, 6], byte);
        let (recovery, seqs, lost) = reopen(&disk);
        assert_eq!((recovery.torn_records, recovery.truncated_bytes), (3, 0));
        assert_eq!((seqs, lost), (vec![1, 2, 4, 7], vec![]), "byte {byte}");
        assert_eq!(disk.list(Path::new("/quarantine")).unwrap().len(), 2);
        // It stays so, whatever comes behind it.
        let (recovery, seqs, lost) = reopen(&disk);
        assert_eq!((recovery.torn_records, recovery.last_seq), (0, 7));
        assert_eq!((seqs, lost), (vec![1, 2, 4, 7], vec![]), "byte {byte}");
    }
}

#[test]
fn what_is_missing_before_another_group_is_damage() {
    for byte in [0, 4, 20, RECORD_HEAD_BYTES + 1] {
        let disk = disk_with(&[2, 3, 1]);
        spoil(&disk, &[1, 4], byte);
        let (recovery, seqs, lost) = reopen(&disk);
        assert_eq!(recovery.torn_records, 0);
        let expected = (vec![2, 3, 5, 6], vec![(1, 1), (4, 1)]);
        assert_eq!((seqs, lost), expected, "byte {byte}");
    }
}

#[test]
fn one_bad_stretch_over_the_border_of_two_groups_is_some_of_both() {
    let disk = disk_with(&[3, 4]);
    spoil(&disk, &[2, 3, 4, 5], 0);
    let (recovery, seqs, lost) = reopen(&disk);
    assert_eq!(recovery.torn_records, 2);
    assert_eq!((seqs, lost), (vec![1, 6, 7], vec![(2, 2)]));
    let (_, seqs, lost) = reopen(&disk);
    assert_eq!((seqs, lost), (vec![1, 6, 7], vec![(2, 2)]));
}

#[test]
fn a_group_with_anything_behind_it_was_acknowledged() {
    // The last group is nothing but rubbish: the one before it was on disk when it was begun.
    let disk = disk_with(&[4, 1]);
    spoil(&disk, &[2, 5], 0);
    let (recovery, seqs, lost) = reopen(&disk);
    assert_eq!((recovery.torn_records, recovery.last_seq), (0, 4));
    assert!(recovery.truncated_bytes > 0);
    assert_eq!((seqs, lost), (vec![1, 3, 4], vec![(2, 1)]));
}

#[test]
fn a_closed_log_has_no_group_in_doubt() {
    for seq in 1..=4 {
        let disk = disk_with(&[]);
        let (mut log, _) = Inline::open(Path::new(DIR), &config(&disk)).unwrap();
        let group: Vec<_> = (1..=4).map(|seq| Bytes::from(vec![seq; 40])).collect();
        log.append_group(&group);
        log.close();
        spoil(&disk, &[seq], 0);
        let (recovery, seqs, lost) = reopen(&disk);
        assert_eq!((recovery.torn_records, recovery.truncated_bytes), (0, 0));
        assert_eq!((seqs.len(), lost), (3, vec![(seq as u64, 1)]));
    }
}
