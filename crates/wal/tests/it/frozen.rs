//! Logs written by formats 1 and 2, read for ever. The samples were made by another program (from the
//! description at the head of `format`), so they also prove that the description is enough to read a log.

use crate::bench::{append, files, open, read};
use std::fs;
use std::path::Path;
use throughline_wal::Config;

/// A new log directory with the sample of a format as the segment that begins with number 41.
fn sample(format: &str) -> (tempfile::TempDir, Vec<u8>) {
    let dir = tempfile::tempdir().unwrap();
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frozen");
    let bytes = fs::read(samples.join(format).join("segment.bin")).unwrap();
    fs::write(dir.path().join(format!("wal-{:020}.log", 41)), &bytes).unwrap();
    (dir, bytes)
}

/// What the samples hold: format 2's has a void for numbers 44 and 45.
fn content(format: &str) -> Vec<(u64, Vec<u8>)> {
    let every_byte = (0..=255).collect();
    let mut content = vec![(41, b"a span".to_vec()), (42, vec![]), (43, every_byte)];
    if format == "v2" {
        content.push((46, b"after a void".to_vec()));
    }
    content
}

#[test]
fn each_format_is_read_and_the_log_goes_on() {
    for format in ["v1", "v2"] {
        let (dir, bytes) = sample(format);
        let mut expected = content(format);
        let last_seq = expected.last().unwrap().0;
        let (wal, recovery) = open(dir.path(), Config::default());
        let found = (recovery.first_seq, recovery.last_seq);
        assert_eq!((found, recovery.truncated_bytes), ((41, last_seq), 0));
        assert_eq!(read(&wal, 0), (expected.clone(), vec![]), "{format}");
        // The next segment is of the newest format, and both are read as one log.
        assert_eq!(append(&wal, "next"), last_seq + 1);
        expected.push((last_seq + 1, b"next".to_vec()));
        drop(wal);
        let (wal, _) = open(dir.path(), Config::default());
        assert_eq!(read(&wal, 0), (expected, vec![]), "{format}");
        // Only the space allocated ahead is gone.
        let kept = fs::read(&files(dir.path())[0]).unwrap();
        assert!(bytes.starts_with(&kept) && bytes[kept.len()..].iter().all(|byte| *byte == 0));
        assert_eq!(fs::read(&files(dir.path())[1]).unwrap()[8], 2);
    }
}
