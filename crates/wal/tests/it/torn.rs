//! A write cut short at any byte: what was acknowledged before it stays, the rest is cut off.

use crate::bench::{
    RECORD_HEAD_BYTES, SEGMENT_HEAD_BYTES, append, crashed_segment_of, directory_with, files, open,
    read, seqs,
};
use throughline_wal::Config;

const RECORDS: [&[u8]; 3] = [b"first", b"", b"the last one"];
const LAST_BYTES: usize = RECORD_HEAD_BYTES + RECORDS[2].len();

/// Opens a log whose only segment is `bytes`, expects `kept` records and `torn` bytes cut, and that the
/// log goes on from there, also after another opening.
fn check(bytes: &[u8], kept: u64, torn: u64) {
    let dir = directory_with(bytes);
    let (wal, recovery) = open(dir.path(), Config::default());
    assert_eq!((recovery.last_seq, recovery.truncated_bytes), (kept, torn));
    assert_eq!(append(&wal, "next"), kept + 1);
    drop(wal);
    let (wal, recovery) = open(dir.path(), Config::default());
    assert_eq!((recovery.last_seq, recovery.truncated_bytes), (kept + 1, 0));
    let (records, damage) = read(&wal, 0);
    assert_eq!(records.len() as u64, kept + 1);
    assert_eq!(damage, []);
}

#[test]
fn the_last_record_cut_at_every_byte() {
    let whole = crashed_segment_of(&RECORDS);
    check(&whole, 3, 0);
    for missing in 1..=LAST_BYTES {
        let cut = &whole[..whole.len() - missing];
        // Without and with space allocated behind it. Zeros at the end count as such space.
        for allocated in [0, 300] {
            let mut bytes = cut.to_vec();
            bytes.resize(cut.len() + allocated, 0);
            let nonzero = bytes.iter().rposition(|byte| *byte != 0).unwrap() + 1;
            check(
                &bytes,
                2,
                nonzero.saturating_sub(whole.len() - LAST_BYTES) as u64,
            );
        }
    }
}

#[test]
fn what_is_cut_off_is_kept_aside_and_not_for_ever() {
    let parent = tempfile::tempdir().unwrap();
    let quarantine = parent.path().join("quarantine");
    let config = Config {
        quarantine_dir: Some(quarantine.clone()),
        ..Config::default()
    };
    for garbage in 1..=20_u8 {
        let torn = vec![garbage; garbage.into()];
        // Behind a record of another length each time, so that each copy has a name of its own.
        let mut bytes = crashed_segment_of(&[&torn]);
        bytes.extend(&torn);
        let dir = directory_with(&bytes);
        let (_wal, recovery) = open(dir.path(), config.clone());
        assert_eq!(recovery.truncated_bytes, u64::from(garbage));
        let kept = files(&quarantine);
        assert_eq!(kept.len(), usize::from(garbage).min(16));
        assert_eq!(std::fs::read(kept.last().unwrap()).unwrap(), torn);
    }
}

#[test]
fn a_head_cut_at_every_byte() {
    let whole = crashed_segment_of(&RECORDS);
    for bytes in 0..SEGMENT_HEAD_BYTES / 2 {
        // Zeros at the end count as space allocated ahead.
        let nonzero = whole[..bytes].iter().rposition(|byte| *byte != 0);
        let torn = nonzero.map_or(0, |last| last + 1).max(bytes.min(32));
        let dir = directory_with(&whole[..bytes]);
        let (wal, recovery) = open(dir.path(), Config::default());
        let found = (recovery.last_seq, recovery.truncated_bytes);
        assert_eq!(found, (0, torn as u64), "{bytes} bytes");
        assert_eq!(append(&wal, "again"), 1);
        assert_eq!(seqs(&wal), [1]);
    }
}

#[test]
fn garbage_behind_the_last_record() {
    let whole = crashed_segment_of(&RECORDS);
    for garbage in [1, 19, 20, 21, 64 << 10, (64 << 10) + 7] {
        let mut bytes = whole.clone();
        bytes.extend((0..garbage).map(|i: usize| (i * 7 + 1) as u8 | 1));
        check(&bytes, 3, garbage as u64);
    }
}
