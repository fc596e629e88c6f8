//! Flipped bits and missing files: found, bounded to the records they hit, reported with exact counts.

use crate::bench::{
    END_BYTES, RECORD_HEAD_BYTES, SEGMENT_HEAD_BYTES, append, crashed_segment_of, directory_with,
    files, open, read, segment_of, seqs, small,
};
use std::fs;
use throughline_wal::{Config, Error, Wal};

const RECORDS: [&[u8]; 4] = [b"one", b"two, which is longer", b"three", b"four"];

#[test]
fn a_flipped_bit_in_any_byte_is_found_and_costs_one_record() {
    let whole = segment_of(&RECORDS);
    for bit in (SEGMENT_HEAD_BYTES..whole.len() - END_BYTES).map(|byte| byte * 8 + byte % 8) {
        let mut bytes = whole.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let hit = record_at(bit / 8);
        let dir = directory_with(&bytes);
        let (wal, recovery) = open(dir.path(), Config::default());
        let (records, damage) = read(&wal, 0);
        let kept: Vec<_> = (1..).zip(RECORDS).filter(|(seq, _)| *seq != hit).collect();
        let found: Vec<_> = records
            .iter()
            .map(|(seq, record)| (*seq, record.as_slice()))
            .collect();
        assert_eq!(found, kept, "bit {bit}");
        assert_eq!(recovery.truncated_bytes, 0, "bit {bit}");
        let bytes = (RECORD_HEAD_BYTES + RECORDS[hit as usize - 1].len()) as u64;
        let [damage] = &damage[..] else {
            panic!("bit {bit}: {damage:?}");
        };
        assert_eq!(
            (damage.lost_from, damage.lost_records, damage.bytes),
            (hit, 1, bytes)
        );
    }
}

#[test]
fn a_flipped_bit_in_the_head_costs_nothing() {
    let whole = segment_of(&RECORDS);
    for bit in (0..SEGMENT_HEAD_BYTES).map(|byte| byte * 8 + byte % 8) {
        let mut bytes = whole.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let dir = directory_with(&bytes);
        let (wal, _) = open(dir.path(), Config::default());
        assert_eq!(seqs(&wal), [1, 2, 3, 4]);
    }
}

#[test]
fn log_bytes_inside_a_damaged_payload_are_not_records() {
    let inner = segment_of(&[b"a", b"b", b"c", b"d", b"e", b"f", b"g"]);
    // The copies have numbers that could follow, but the salt of another log.
    let mut bytes = segment_of(&[&inner, b"two"]);
    bytes[SEGMENT_HEAD_BYTES + RECORD_HEAD_BYTES] ^= 1;
    let dir = directory_with(&bytes);
    let (wal, _) = open(dir.path(), Config::default());
    assert_eq!(read(&wal, 0).0, [(2, b"two".to_vec())]);
}

/// What a disk does that puts one block's bytes in another's place, found by fuzzing.
#[test]
fn a_record_of_this_log_inside_a_damaged_payload_takes_nobodys_number() {
    let mut bytes = crashed_segment_of(&[&[1; 64], b"two"]);
    let one = SEGMENT_HEAD_BYTES + RECORD_HEAD_BYTES;
    bytes.copy_within(one + 64.., one);
    *bytes.last_mut().unwrap() ^= 1;
    let dir = directory_with(&bytes);
    // The second record, the last group, is torn: its number is given anew.
    let (wal, recovery) = open(dir.path(), Config::default());
    assert_eq!(recovery.last_seq, 1);
    assert!(seqs(&wal).is_empty());
    assert_eq!(append(&wal, "new"), 2);
    let check = |wal: &Wal| {
        let (records, damage) = read(wal, 0);
        assert_eq!(records, [(2, b"new".to_vec())]);
        assert_eq!((damage[0].lost_from, damage[0].lost_records), (1, 1));
    };
    check(&wal);
    // Nor when the head goes bad as well, which said where the payload ends.
    let first = &files(dir.path())[0];
    let mut bytes = fs::read(first).unwrap();
    bytes[SEGMENT_HEAD_BYTES] ^= 1;
    fs::write(first, bytes).unwrap();
    check(&wal);
    drop(wal);
    check(&open(dir.path(), Config::default()).0);
}

#[test]
fn a_replay_goes_no_further_than_when_it_began_whatever_is_damaged() {
    let dir = tempfile::tempdir().unwrap();
    let (wal, _) = open(dir.path(), Config::default());
    append(&wal, "one");
    let replays = [wal.replay(0), wal.replay(0)];
    append(&wal, "two");
    let file = &files(dir.path())[0];
    // First the payload is damaged, then the head too.
    for (mut replay, byte) in replays.into_iter().zip([RECORD_HEAD_BYTES, 0]) {
        let mut bytes = fs::read(file).unwrap();
        bytes[SEGMENT_HEAD_BYTES + byte] ^= 1;
        fs::write(file, bytes).unwrap();
        let Some(Err(Error::Damaged(damage))) = replay.next() else {
            panic!("a record that is damaged was served");
        };
        assert_eq!((damage.lost_from, damage.lost_records), (1, 1));
        assert!(replay.next().is_none());
    }
}

#[test]
fn a_missing_segment_is_reported() {
    let dir = tempfile::tempdir().unwrap();
    let (wal, _) = open(dir.path(), small());
    for _ in 0..9 {
        append(&wal, vec![7; 40]);
    }
    drop(wal);
    fs::remove_file(&files(dir.path())[1]).unwrap();
    let (wal, _) = open(dir.path(), small());
    let (records, damage) = read(&wal, 0);
    let seqs: Vec<_> = records.iter().map(|(seq, _)| *seq).collect();
    assert_eq!(seqs, [1, 2, 5, 6, 7, 8, 9]);
    assert_eq!((damage[0].lost_from, damage[0].lost_records), (3, 2));
    assert_eq!(read(&wal, 4).1, [], "what is not asked for is not reported");
}

#[test]
fn a_damaged_end_of_an_older_segment_is_reported() {
    let dir = tempfile::tempdir().unwrap();
    let (wal, _) = open(dir.path(), Config::default());
    append(&wal, "one");
    append(&wal, "two");
    drop(wal);
    let (wal, _) = open(dir.path(), Config::default());
    let first = &files(dir.path())[0];
    let mut bytes = fs::read(first).unwrap();
    let last = bytes.len() - END_BYTES - 1;
    bytes[last] ^= 1;
    fs::write(first, bytes).unwrap();
    let (records, damage) = read(&wal, 0);
    assert_eq!(records, [(1, b"one".to_vec())]);
    assert_eq!(
        (damage.len(), damage[0].lost_from, damage[0].lost_records),
        (1, 2, 1)
    );
}

#[test]
fn a_format_of_the_future_is_refused_and_left_alone() {
    let mut bytes = segment_of(&RECORDS);
    bytes[8] = 3;
    let crc = crc32c::crc32c(&bytes[..28]).to_le_bytes();
    bytes[28..32].copy_from_slice(&crc);
    let dir = directory_with(&bytes);
    let refused = Wal::open(dir.path(), Config::default()).unwrap_err();
    assert!(matches!(
        refused,
        Error::UnknownVersion {
            version: 3,
            known: 2,
            ..
        }
    ));
    assert_eq!(fs::read(&files(dir.path())[0]).unwrap(), bytes);
}

/// The number of the record that holds byte `at` of the segment.
fn record_at(at: usize) -> u64 {
    let mut end = SEGMENT_HEAD_BYTES;
    for (seq, record) in (1..).zip(RECORDS) {
        end += RECORD_HEAD_BYTES + record.len();
        if at < end {
            return seq;
        }
    }
    unreachable!("byte {at} is behind the segment");
}
