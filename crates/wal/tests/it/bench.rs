//! What several tests do: open, append, read back, lay hands on the files.

use bytes::Bytes;
use std::fs;
use std::future::Future;
use std::path::{Path, PathBuf};
use throughline_wal::{Config, Damage, Error, Recovery, Wal};

/// Limits so small that a few records fill a segment.
pub(crate) fn small() -> Config {
    Config {
        segment_bytes_max: 256,
        preallocate_bytes: 128,
        ..Config::default()
    }
}

pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .build()
        .unwrap()
        .block_on(future)
}

pub(crate) fn open(dir: &Path, config: Config) -> (Wal, Recovery) {
    Wal::open(dir, config).unwrap()
}

pub(crate) fn append(wal: &Wal, record: impl Into<Bytes>) -> u64 {
    run(wal.append(record.into())).unwrap()
}

/// Everything a replay yields: the records, and the damage between them.
pub(crate) fn read(wal: &Wal, after_seq: u64) -> (Vec<(u64, Vec<u8>)>, Vec<Damage>) {
    let (mut records, mut damage) = (Vec::new(), Vec::new());
    for item in wal.replay(after_seq) {
        match item {
            Ok((seq, record)) => records.push((seq, record.to_vec())),
            Err(Error::Damaged(part)) => damage.push(part),
            Err(error) => panic!("{error}"),
        }
    }
    (records, damage)
}

pub(crate) fn seqs(wal: &Wal) -> Vec<u64> {
    read(wal, 0).0.into_iter().map(|(seq, _)| seq).collect()
}

/// The segment files, oldest first.
pub(crate) fn files(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

/// A fresh directory with one segment of these bytes, named as the first.
pub(crate) fn directory_with(segment: &[u8]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join(format!("wal-{:020}.log", 1)), segment).unwrap();
    dir
}

/// What a segment begins with, a record's head, and what a closed segment ends with.
pub(crate) const SEGMENT_HEAD_BYTES: usize = 96;
pub(crate) const RECORD_HEAD_BYTES: usize = 32;
pub(crate) const END_BYTES: usize = 32;

/// The bytes of a first segment with these records, as a crash leaves it.
pub(crate) fn crashed_segment_of(records: &[&[u8]]) -> Vec<u8> {
    let mut bytes = segment_of(records);
    bytes.truncate(bytes.len() - END_BYTES);
    bytes
}

/// The bytes of a closed first segment with these records.
pub(crate) fn segment_of(records: &[&[u8]]) -> Vec<u8> {
    let dir = tempfile::tempdir().unwrap();
    let (wal, _) = open(dir.path(), Config::default());
    for record in records {
        append(&wal, record.to_vec());
    }
    drop(wal);
    fs::read(&files(dir.path())[0]).unwrap()
}
