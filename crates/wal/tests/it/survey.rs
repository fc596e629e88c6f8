//! A look at a log from outside, while it is written: it has what was acknowledged, and nothing is touched.

use bytes::Bytes;
use std::fs;
use std::path::Path;
use throughline_wal::{Config, Survey, Wal};

fn listing(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let files = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files
        .map(|path| (path.display().to_string(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

#[tokio::test]
async fn of_a_log_that_is_open() {
    let directory = tempfile::tempdir().unwrap();
    let config = Config {
        segment_bytes_max: 300,
        ..Config::default()
    };
    let (log, _) = Wal::open(directory.path(), config).unwrap();
    let none = Survey::of(directory.path()).unwrap();
    assert_eq!((none.first_seq, none.last_seq), (1, 0));
    for number in 1..=20_u8 {
        log.append(Bytes::from(vec![number; 40])).await.unwrap();
        fs::write(directory.path().join("wal-00000000000000000099.new"), "x").unwrap();
        let before = listing(directory.path());
        let survey = Survey::of(directory.path()).unwrap();
        assert_eq!((survey.first_seq, survey.last_seq), (1, number.into()));
        assert_eq!(survey.check(0).unwrap(), (number.into(), vec![]));
        assert_eq!(
            survey.check(2).unwrap().0,
            u64::from(number).saturating_sub(2)
        );
        // What is cut there is a log that has all of it, and nothing that is torn.
        let copy = tempfile::tempdir().unwrap();
        for file in &survey.files {
            let bytes = fs::read(&file.path).unwrap();
            let name = file.path.file_name().unwrap();
            fs::write(copy.path().join(name), &bytes[..file.bytes as usize]).unwrap();
        }
        let (copied, recovery) = Wal::open(copy.path(), Config::default()).unwrap();
        assert_eq!(
            (recovery.last_seq, recovery.truncated_bytes),
            (number.into(), 0)
        );
        assert_eq!(
            copied.replay(0).filter(Result::is_ok).count(),
            usize::from(number)
        );
        assert_eq!(listing(directory.path()), before);
    }
    assert!(Survey::of(directory.path()).unwrap().files.len() > 2);
    log.trim(15).unwrap();
    let trimmed = Survey::of(directory.path()).unwrap();
    assert!(trimmed.first_seq > 1 && trimmed.first_seq <= 16);
    assert_eq!(trimmed.check(0).unwrap().0, 21 - trimmed.first_seq);
    log.close().await;
}

#[tokio::test]
async fn of_a_damaged_record_and_of_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let (log, _) = Wal::open(directory.path(), Config::default()).unwrap();
    for number in 0..3_u8 {
        log.append(Bytes::from(vec![0xa0 + number; 40]))
            .await
            .unwrap();
    }
    log.close().await;
    let (path, mut bytes) = listing(directory.path()).remove(0);
    // The whole record: its first byte alone may also be one of the salt's.
    let at = bytes
        .windows(40)
        .position(|part| part == [0xa1; 40])
        .unwrap();
    bytes[at + 20] ^= 1;
    fs::write(path, bytes).unwrap();
    let (whole, damaged) = Survey::of(directory.path()).unwrap().check(0).unwrap();
    assert_eq!((whole, damaged.len()), (2, 1));
    assert_eq!((damaged[0].lost_from, damaged[0].lost_records), (2, 1));
    let nothing = Survey::of(&directory.path().join("none")).unwrap();
    assert_eq!(nothing.check(0).unwrap(), (0, vec![]));
}
