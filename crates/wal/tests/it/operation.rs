//! Append and replay, many at once, rotation and trimming, limits, closing.

use crate::bench::{append, files, open, read, run, seqs, small};
use bytes::Bytes;
use model::ErrorKind;
use std::sync::Arc;
use throughline_wal::{Config, Recovery};

#[test]
fn what_is_appended_is_replayed_now_and_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let (wal, recovery) = open(dir.path(), Config::default());
    assert_eq!(
        recovery,
        Recovery {
            first_seq: 1,
            last_seq: 0,
            segments: 0,
            truncated_bytes: 0,
            torn_records: 0
        }
    );
    let records = ["one", "", "three"];
    for (seq, record) in (1..).zip(records) {
        assert_eq!(append(&wal, record), seq);
    }
    let expected: Vec<_> = (1..)
        .zip(records.map(|record| record.as_bytes().to_vec()))
        .collect();
    assert_eq!(read(&wal, 0).0, expected);
    assert_eq!(read(&wal, 2).0, expected[2..]);
    assert_eq!(read(&wal, 3).0, []);
    drop(wal);
    let (wal, recovery) = open(dir.path(), Config::default());
    assert_eq!(
        (
            recovery.first_seq,
            recovery.last_seq,
            recovery.truncated_bytes
        ),
        (1, 3, 0)
    );
    assert_eq!(read(&wal, 0).0, expected);
}

#[test]
fn many_appends_at_once_get_each_a_number_of_their_own() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config {
        segment_bytes_max: 20_000,
        queue_records_max: 16,
        queue_bytes_max: 4096,
        ..Config::default()
    };
    let (wal, _) = open(dir.path(), config.clone());
    let wal = Arc::new(wal);
    let mut acknowledged = run(async {
        let tasks: Vec<_> = (0..1000_u32)
            .map(|i| {
                let wal = Arc::clone(&wal);
                let record = Bytes::from(i.to_le_bytes().repeat(i as usize % 50 + 1));
                tokio::spawn(
                    async move { (wal.append(record.clone()).await.unwrap(), record.to_vec()) },
                )
            })
            .collect();
        let mut answers = Vec::new();
        for task in tasks {
            answers.push(task.await.unwrap());
        }
        answers
    });
    acknowledged.sort();
    assert_eq!(read(&wal, 0), (acknowledged.clone(), vec![]));
    drop(wal);
    assert!(files(dir.path()).len() > 3);
    let (wal, _) = open(dir.path(), config);
    assert_eq!(read(&wal, 0), (acknowledged, vec![]));
}

#[test]
fn segments_rotate_and_are_trimmed_whole() {
    let dir = tempfile::tempdir().unwrap();
    let (wal, _) = open(dir.path(), small());
    for _ in 0..7 {
        append(&wal, vec![7; 40]); // two fit into a segment
    }
    assert_eq!(files(dir.path()).len(), 4);
    wal.trim(0).unwrap();
    wal.trim(1).unwrap();
    assert_eq!(seqs(&wal), [1, 2, 3, 4, 5, 6, 7]);
    wal.trim(5).unwrap();
    assert_eq!(read(&wal, 5).1, []);
    assert_eq!(files(dir.path()).len(), 2);
    assert_eq!(seqs(&wal), [5, 6, 7]);
    wal.trim(u64::MAX).unwrap();
    assert_eq!(files(dir.path()).len(), 1, "the segment in use stays");
}

#[test]
fn numbers_go_on_after_everything_was_trimmed() {
    let dir = tempfile::tempdir().unwrap();
    for round in 0..4 {
        let (wal, recovery) = open(dir.path(), small());
        assert_eq!(recovery.last_seq, round * 3);
        for i in 1..=3 {
            assert_eq!(append(&wal, vec![7; 200]), round * 3 + i);
        }
        wal.trim(u64::MAX).unwrap();
        drop(wal);
        // An opening without appends changes nothing.
        let (wal, recovery) = open(dir.path(), small());
        assert_eq!(recovery.last_seq, round * 3 + 3);
        wal.trim(u64::MAX).unwrap();
    }
    assert_eq!(files(dir.path()).len(), 1);
}

#[test]
fn a_record_above_the_limit_is_refused_and_one_above_a_segment_is_not() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config {
        record_bytes_max: 1000,
        queue_bytes_max: 500,
        ..small()
    };
    let (wal, _) = open(dir.path(), config);
    let refused = run(wal.append(Bytes::from(vec![0; 1001]))).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Exhausted);
    assert_eq!(append(&wal, vec![0; 1000]), 1);
    assert_eq!(append(&wal, vec![0; 10]), 2);
    assert_eq!(seqs(&wal), [1, 2]);
}

#[test]
fn closing_waits_for_the_disk_and_takes_nothing_more() {
    let dir = tempfile::tempdir().unwrap();
    let (wal, _) = open(dir.path(), Config::default());
    append(&wal, "one");
    run(wal.close());
    run(wal.close());
    assert_eq!(
        run(wal.append(Bytes::new())).unwrap_err().kind(),
        ErrorKind::Unavailable
    );
    assert_eq!(
        wal.bytes(),
        96 + 32 + 3 + 32,
        "space allocated ahead is given back"
    );
    assert_eq!(seqs(&wal), [1]);
}

#[test]
fn a_limit_of_zero_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config {
        group_bytes_max: 0,
        ..Config::default()
    };
    let refused = throughline_wal::Wal::open(dir.path(), config).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "could not accept the setting group_bytes_max: it must be at least 1"
    );
}

#[test]
fn a_record_in_two_parts_is_read_back_as_one() {
    let dir = tempfile::tempdir().unwrap();
    let (wal, _) = open(dir.path(), Config::default());
    let parts = [("head ", "body"), ("", "body"), ("head", ""), ("", "")];
    for (head, body) in parts {
        run(wal.append_parts([Bytes::from(head), Bytes::from(body)])).unwrap();
    }
    drop(wal);
    let (wal, _) = open(dir.path(), Config::default());
    let expected = ["head body", "body", "head", ""].map(|it| it.as_bytes().to_vec());
    let (records, _) = read(&wal, 0);
    let records: Vec<_> = records.into_iter().map(|(_, record)| record).collect();
    assert_eq!(records, expected);
}

#[test]
fn numbers_above_the_floor_are_given_even_by_a_log_that_lost_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config {
        floor_seq: 20,
        ..small()
    };
    let (wal, recovery) = open(dir.path(), config.clone());
    assert_eq!((recovery.last_seq, wal.last_seq()), (0, 20));
    assert_eq!(append(&wal, "one"), 21);
    drop(wal);
    let (wal, recovery) = open(dir.path(), config);
    assert_eq!(recovery.last_seq, 21);
    assert_eq!(read(&wal, 20), (vec![(21, b"one".to_vec())], vec![]));
}
