//! A log written by format 1, read for ever. The sample was made by another program (from the description
//! at the head of `format`), so it also proves that the description is enough to read the log.

use crate::bench::{open, read};
use std::fs;
use std::path::Path;
use throughline_wal::Config;

#[test]
fn format_1_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frozen/v1/segment.bin");
    fs::copy(sample, dir.path().join(format!("wal-{:020}.log", 41))).unwrap();
    let (wal, recovery) = open(dir.path(), Config::default());
    assert_eq!(
        (
            recovery.first_seq,
            recovery.last_seq,
            recovery.truncated_bytes
        ),
        (41, 43, 0)
    );
    let (records, damage) = read(&wal, 0);
    let every_byte = (0..=255).collect();
    assert_eq!(
        records,
        [(41, b"a span".to_vec()), (42, vec![]), (43, every_byte)]
    );
    assert_eq!(damage.len(), 0);
}
