//! The door to the disk: every file that the log touches is touched through here.
//!
//! A test puts a disk behind it that runs full, fails, or loses power. Such a disk keeps what a real one
//! promises and nothing more: bytes are there after a sync of their file, names after a sync of their
//! directory.

/// A disk in memory that fails when it is told to.
mod memory;

pub use memory::{State, TestDisk};

use std::fs;
use std::io::{self, ErrorKind, IoSlice, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where the log's bytes go.
#[derive(Clone, Debug, Default)]
pub enum Disk {
    #[default]
    Real,
    /// Files in memory, faults on demand. For tests.
    Test(Arc<TestDisk>),
}

/// An open file of a [`Disk`].
#[derive(Debug)]
pub(crate) enum File {
    Real(fs::File),
    Test(memory::Open),
}

impl Disk {
    /// Creates the file, or empties it.
    pub(crate) fn create(&self, path: &Path) -> io::Result<File> {
        match self {
            Self::Real => fs::File::create(path).map(File::Real),
            Self::Test(disk) => disk.create(path).map(File::Test),
        }
    }

    pub(crate) fn open(&self, path: &Path) -> io::Result<File> {
        match self {
            Self::Real => fs::File::open(path).map(File::Real),
            Self::Test(disk) => disk.open(path).map(File::Test),
        }
    }

    pub(crate) fn open_to_write(&self, path: &Path) -> io::Result<File> {
        match self {
            Self::Real => {
                let mut options = fs::File::options();
                options.read(true).write(true).open(path).map(File::Real)
            }
            Self::Test(disk) => disk.open(path).map(File::Test),
        }
    }

    pub(crate) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        match self {
            Self::Real => fs::rename(from, to),
            Self::Test(disk) => disk.rename(from, to),
        }
    }

    pub(crate) fn remove(&self, path: &Path) -> io::Result<()> {
        match self {
            Self::Real => fs::remove_file(path),
            Self::Test(disk) => disk.remove(path),
        }
    }

    /// The files in `dir`, in no order.
    pub(crate) fn list(&self, dir: &Path) -> io::Result<Vec<PathBuf>> {
        match self {
            Self::Real => fs::read_dir(dir)?
                .map(|entry| entry.map(|entry| entry.path()))
                .collect(),
            Self::Test(disk) => disk.list(dir),
        }
    }

    /// Creates `dir` and what leads to it, where absent.
    pub(crate) fn create_directory(&self, dir: &Path) -> io::Result<()> {
        match self {
            Self::Real => fs::create_dir_all(dir),
            Self::Test(disk) => disk.create_directory(dir),
        }
    }

    /// Makes creations, renames and removals in `dir` durable.
    pub(crate) fn sync_directory(&self, dir: &Path) -> io::Result<()> {
        if model::planted::bug("wal_no_directory_sync") {
            return Ok(());
        }
        match self {
            Self::Real => fs::File::open(dir).and_then(|dir| dir.sync_all()),
            Self::Test(disk) => disk.sync_directory(dir),
        }
    }

    pub(crate) fn bytes(&self, path: &Path) -> io::Result<u64> {
        match self {
            Self::Real => fs::metadata(path).map(|file| file.len()),
            Self::Test(disk) => disk.open(path)?.file_bytes(),
        }
    }
}

impl File {
    pub(crate) fn file_bytes(&self) -> io::Result<u64> {
        match self {
            Self::Real(file) => file.metadata().map(|file| file.len()),
            Self::Test(file) => file.file_bytes(),
        }
    }

    pub(crate) fn set_len(&self, bytes: u64) -> io::Result<()> {
        match self {
            Self::Real(file) => file.set_len(bytes),
            Self::Test(file) => file.set_len(bytes),
        }
    }

    /// Makes the content durable.
    pub(crate) fn sync(&self) -> io::Result<()> {
        if model::planted::bug("wal_no_sync") {
            return Ok(());
        }
        match self.sync_once() {
            Err(_) if model::planted::bug("wal_retry_sync") => self.sync_once(),
            result => result,
        }
    }

    fn sync_once(&self) -> io::Result<()> {
        match self {
            Self::Real(file) => file.sync_data(),
            Self::Test(file) => file.sync(),
        }
    }

    /// Writes all of the slices, wherever they are cut.
    pub(crate) fn write_slices(&mut self, mut slices: &mut [IoSlice<'_>]) -> io::Result<()> {
        // Empty slices in front (an empty record) would look like a write that makes no progress.
        IoSlice::advance_slices(&mut slices, 0);
        while !slices.is_empty() {
            match self.write_vectored(slices) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(written) => IoSlice::advance_slices(&mut slices, written),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

impl Read for File {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Real(file) => file.read(bytes),
            Self::Test(file) => file.read(bytes),
        }
    }
}

impl Write for File {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_vectored(&[IoSlice::new(bytes)])
    }

    fn write_vectored(&mut self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        match self {
            Self::Real(file) => file.write_vectored(slices),
            Self::Test(file) => file.write(slices),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for File {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::Real(file) => file.seek(to),
            Self::Test(file) => file.seek(to),
        }
    }
}
