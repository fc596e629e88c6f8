//! A disk that is full, fails, or loses power: what was acknowledged is there, what was refused is not.

use crate::bench::{append, open, read, run, small};
use bytes::Bytes;
use model::ErrorKind;
use std::fs;
use std::future::{Future, poll_fn};
use std::path::Path;
use std::sync::Arc;
use std::task::Poll;
use throughline_wal::{Config, Disk, Error, TestDisk, Wal};

const DIR: &str = "/log";

fn on(disk: &Arc<TestDisk>) -> Config {
    Config {
        disk: Disk::Test(Arc::clone(disk)),
        ..small()
    }
}

/// Appends all at once: the first is written alone, the others as one group behind it.
fn append_as_group(wal: &Wal, disk: &TestDisk, records: &[Bytes]) -> Vec<Result<u64, Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime.block_on(async {
        let mut waiting: Vec<_> = records
            .iter()
            .map(|record| Box::pin(wal.append(record.clone())))
            .collect();
        // Polled once each while the disk stands still: all are in the queue.
        let polled = poll_fn(|context| {
            let _still = disk.state();
            let polls = waiting.iter_mut().map(|it| it.as_mut().poll(context));
            Poll::Ready(polls.collect::<Vec<_>>())
        })
        .await;
        let mut answers = Vec::new();
        for (append, poll) in waiting.into_iter().zip(polled) {
            answers.push(match poll {
                Poll::Ready(answer) => answer,
                Poll::Pending => append.await,
            });
        }
        answers
    })
}

#[test]
fn a_group_that_a_full_disk_refuses_leaves_no_trace() {
    // The disk becomes full at every byte of a group of two records (32 bytes of head, 30 of payload).
    for room in 0..124 {
        let disk = Arc::new(TestDisk::default());
        let (wal, _) = open(Path::new(DIR), on(&disk));
        append(&wal, "before");
        disk.state().room_bytes = Some(62 + room);
        let records = [1, 2, 3].map(|byte| Bytes::from(vec![byte; 30]));
        let answers = append_as_group(&wal, &disk, &records);
        let mut expected = vec![(1, b"before".to_vec())];
        for (record, answer) in records.iter().zip(&answers) {
            match answer {
                Ok(seq) => expected.push((*seq, record.to_vec())),
                Err(error) => assert!(matches!(error, Error::Refused(_)), "{error}"),
            }
        }
        assert!(answers[2].is_err());
        assert!(!wal.failed());
        disk.lose_power(&mut |_| 0);
        let (seen, damage) = read(&wal, 0);
        assert_eq!((&seen, damage.len()), (&expected, 0), "room for {room}");
        // There is room again: the log goes on, with the number that it had not given.
        disk.state().room_bytes = None;
        let seq = append(&wal, "after");
        expected.push((expected.len() as u64 + 1, b"after".to_vec()));
        assert_eq!(seq, expected.len() as u64);
        drop(wal);
        let (wal, recovery) = open(Path::new(DIR), on(&disk));
        assert_eq!(recovery.truncated_bytes, 0);
        assert_eq!(read(&wal, 0), (expected, vec![]), "room for {room}");
    }
}

#[test]
fn a_segment_that_cannot_be_created_is_tried_again() {
    let parent = tempfile::tempdir().unwrap();
    let dir = parent.path().join("log");
    let (wal, _) = open(&dir, small());
    append(&wal, vec![7; 200]);
    // The next record needs a new segment, which has no place to be.
    fs::rename(&dir, parent.path().join("away")).unwrap();
    let refused = run(wal.append(Bytes::from(vec![7; 200]))).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::Unavailable);
    assert_eq!((wal.last_seq(), wal.failed()), (1, false));
    fs::rename(parent.path().join("away"), &dir).unwrap();
    assert_eq!(append(&wal, vec![8; 200]), 2);
    drop(wal);
    let (wal, _) = open(&dir, small());
    assert_eq!(
        read(&wal, 0).0,
        [(1, vec![7; 200]), (2, vec![8; 200])],
        "in the segments where they belong"
    );
}

#[test]
fn after_a_failed_sync_nothing_is_acknowledged() {
    let disk = Arc::new(TestDisk::default());
    let (wal, _) = open(Path::new(DIR), on(&disk));
    append(&wal, "one");
    disk.state().sync_fails = true;
    let failed = run(wal.append(Bytes::from_static(b"two"))).unwrap_err();
    assert_eq!(failed.kind(), ErrorKind::Unavailable);
    assert!(wal.failed());
    // The disk is well again; the log does not pretend to know what it holds.
    disk.state().sync_fails = false;
    let failed = run(wal.append(Bytes::from_static(b"three"))).unwrap_err();
    assert_eq!(
        failed.to_string(),
        "could not append: the log stopped at a failed sync"
    );
    assert_eq!(wal.last_seq(), 1);
    drop(wal);
    disk.lose_power(&mut |_| 0);
    let (wal, _) = open(Path::new(DIR), on(&disk));
    assert_eq!(append(&wal, "again"), 2);
}

#[test]
fn what_was_acknowledged_outlasts_a_loss_of_power_at_any_step() {
    const APPENDS: u64 = 40;
    for steps in 0..60 {
        let disk = Arc::new(TestDisk::default());
        let (wal, _) = open(Path::new(DIR), on(&disk));
        disk.state().steps_left = Some(steps);
        let records: Vec<_> = (0..APPENDS)
            .map(|i| Bytes::from(vec![i as u8; 10 + i as usize]))
            .collect();
        let mut acknowledged = Vec::new();
        // In groups of one, two, three ...: a log that syncs per group must not count on the next one.
        for group in records.chunks(1 + steps as usize % 4) {
            for (record, answer) in group.iter().zip(append_as_group(&wal, &disk, group)) {
                acknowledged.extend(answer.ok().map(|seq| (seq, record.to_vec())));
            }
        }
        drop(wal);
        disk.lose_power(&mut |_| 0);
        let (wal, _) = open(Path::new(DIR), on(&disk));
        let (replayed, damage) = read(&wal, 0);
        assert_eq!(damage, []);
        let mut submitted = (1..).zip(records.iter().map(|record| record.to_vec()));
        assert!(replayed.iter().all(|item| submitted.any(|it| it == *item)));
        assert!(
            replayed.starts_with(&acknowledged),
            "power off after {steps} steps: of {} acknowledged there are {}",
            acknowledged.len(),
            replayed.len()
        );
    }
}
