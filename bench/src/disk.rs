//! What a server left on disk.

use anyhow::Result;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// Sizes below a data directory.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Disk {
    /// What the files occupy, everything: a preallocated segment counts in full, a hole does not.
    pub(crate) bytes: u64,
    /// The log's part of them: its last segment is preallocated, however little is in it.
    pub(crate) log_bytes: u64,
    pub(crate) data_file_bytes: u64,
    pub(crate) data_files: u64,
}

impl Disk {
    pub(crate) fn below(directory: &Path) -> Result<Self> {
        let mut disk = Self::default();
        disk.add(directory)?;
        let log = directory.join("wal");
        if log.is_dir() {
            let mut of_log = Self::default();
            of_log.add(&log)?;
            disk.log_bytes = of_log.bytes;
        }
        Ok(disk)
    }

    fn add(&mut self, directory: &Path) -> Result<()> {
        for entry in fs::read_dir(directory)? {
            let (path, metadata) = entry.and_then(|entry| Ok((entry.path(), entry.metadata()?)))?;
            if metadata.is_dir() {
                self.add(&path)?;
                continue;
            }
            self.bytes += metadata.blocks() * 512;
            if path
                .extension()
                .is_some_and(|extension| extension == "parquet")
            {
                self.data_file_bytes += metadata.len();
                self.data_files += 1;
            }
        }
        Ok(())
    }
}
