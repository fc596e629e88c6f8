//! What a server left on disk.

use anyhow::Result;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// Sizes below a data directory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Disk {
    /// What the files occupy, everything: a preallocated segment counts in full, a hole does not.
    pub(crate) bytes: u64,
    /// The log's part of them: its last segment is preallocated, however little is in it.
    pub(crate) log_bytes: u64,
    /// Data files that a query reads.
    pub(crate) data_file_bytes: u64,
    pub(crate) data_files: u64,
    /// Those that were merged into others, and are kept for an hour for who reads them still.
    pub(crate) merged_bytes: u64,
    pub(crate) merged_files: u64,
}

impl Disk {
    pub(crate) fn below(directory: &Path) -> Result<Self> {
        let mut disk = Self::default();
        let mut files = Vec::new();
        disk.add(directory, &mut files)?;
        disk.count(&files);
        let log = directory.join("wal");
        if log.is_dir() {
            let mut of_log = Self::default();
            of_log.add(&log, &mut files)?;
            disk.log_bytes = of_log.bytes;
        }
        Ok(disk)
    }

    /// What stays: all but the log and what was merged.
    pub(crate) fn kept_bytes(&self) -> u64 {
        self.bytes - self.log_bytes - self.merged_bytes
    }

    fn add(&mut self, directory: &Path, files: &mut Vec<DataFile>) -> Result<()> {
        for entry in fs::read_dir(directory)? {
            let (path, metadata) = entry.and_then(|entry| Ok((entry.path(), entry.metadata()?)))?;
            if metadata.is_dir() {
                self.add(&path, files)?;
                continue;
            }
            self.bytes += metadata.blocks() * 512;
            files.extend(DataFile::of(&path, metadata.len()));
        }
        Ok(())
    }

    /// A file that lies within the range of another of its dataset was merged into it.
    fn count(&mut self, files: &[DataFile]) {
        for file in files {
            if files.iter().any(|other| other.has(file)) {
                self.merged_files += 1;
                self.merged_bytes += file.bytes;
            } else {
                self.data_files += 1;
                self.data_file_bytes += file.bytes;
            }
        }
    }
}

/// A data file by its name, which is the range of the log that it has.
#[derive(Debug)]
struct DataFile {
    dataset: PathBuf,
    first: u64,
    last: u64,
    bytes: u64,
}

impl DataFile {
    fn of(path: &Path, bytes: u64) -> Option<Self> {
        let name = path.file_name()?.to_str()?.strip_suffix(".parquet")?;
        let (first, last) = name.split_once('-')?;
        Some(Self {
            dataset: path.parent()?.to_owned(),
            first: first.parse().ok()?,
            last: last.parse().ok()?,
            bytes,
        })
    }

    fn has(&self, other: &Self) -> bool {
        let is_other = (self.first, self.last) != (other.first, other.last);
        is_other
            && self.dataset == other.dataset
            && self.first <= other.first
            && other.last <= self.last
    }
}
