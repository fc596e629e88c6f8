//! The door to the disk: what the log writes, syncs and names goes through here.
//!
//! A test puts a disk behind it that runs full, fails, or loses power. Such a disk keeps what a real one
//! promises and nothing more: bytes are there after a sync of their file, names after a sync of their
//! directory.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File};
use std::io::{self, ErrorKind, IoSlice, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Where the log's bytes go.
#[derive(Clone, Debug, Default)]
pub enum Disk {
    #[default]
    Real,
    /// Real files, faults on demand. For tests.
    Test(Arc<TestDisk>),
}

impl Disk {
    pub(crate) fn write(&self, file: &mut File, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        match self {
            Self::Real => file.write_vectored(slices),
            Self::Test(disk) => disk.write(file, slices),
        }
    }

    pub(crate) fn set_len(&self, file: &File, bytes: u64) -> io::Result<()> {
        if let Self::Test(disk) = self {
            drop(disk.step()?);
        }
        file.set_len(bytes)
    }

    /// Makes the content of `file`, which is at `path`, durable.
    pub(crate) fn sync(&self, file: &File, path: &Path) -> io::Result<()> {
        match self {
            Self::Real => file.sync_data(),
            Self::Test(disk) => disk.sync(path),
        }
    }

    pub(crate) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        if let Self::Test(disk) = self {
            let mut state = disk.step()?;
            if let Some(content) = state.synced.remove(from) {
                state.synced.insert(to.to_owned(), content);
            }
        }
        fs::rename(from, to)
    }

    /// Makes creations, renames and removals in `dir` durable.
    pub(crate) fn sync_directory(&self, dir: &Path) -> io::Result<()> {
        match self {
            Self::Real => File::open(dir).and_then(|dir| dir.sync_all()),
            Self::Test(disk) => {
                let names = files(dir)?;
                disk.step()?.names.extend(names);
                Ok(())
            }
        }
    }
}

/// Writes all of the slices, wherever they are cut.
pub(crate) fn write_all(
    disk: &Disk,
    file: &mut File,
    mut slices: &mut [IoSlice<'_>],
) -> io::Result<()> {
    // Empty slices in front (an empty record) would look like a write that makes no progress.
    IoSlice::advance_slices(&mut slices, 0);
    while !slices.is_empty() {
        match disk.write(file, slices) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(written) => IoSlice::advance_slices(&mut slices, written),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// A disk that fails when it is told to.
#[derive(Debug, Default)]
pub struct TestDisk {
    state: Mutex<State>,
}

/// What is durable on a [`TestDisk`], and how it is to fail.
#[derive(Debug, Default)]
pub struct State {
    /// Writes fail as on a full disk once they took this many bytes.
    pub room_bytes: Option<u64>,
    /// Syncs of files fail.
    pub sync_fails: bool,
    /// After this many more steps the power is off: nothing happens any more, and every step fails.
    pub steps_left: Option<u64>,
    synced: HashMap<PathBuf, Vec<u8>>,
    names: HashSet<PathBuf>,
}

impl TestDisk {
    /// The disk's state. While it is held the log waits at its next step.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes the files of `dir` what a loss of power leaves of them: names and bytes that were synced.
    pub fn lose_power(&self, dir: &Path) -> io::Result<()> {
        let state = self.state();
        for path in files(dir)? {
            if state.names.contains(&path) {
                fs::write(
                    &path,
                    state.synced.get(&path).map_or(&[][..], Vec::as_slice),
                )?;
            } else {
                fs::remove_file(&path)?;
            }
        }
        Ok(())
    }

    fn step(&self) -> io::Result<MutexGuard<'_, State>> {
        let mut state = self.state();
        match &mut state.steps_left {
            Some(0) => return Err(io::Error::other("the power is off")),
            Some(steps) => *steps -= 1,
            None => {}
        }
        Ok(state)
    }

    fn write(&self, file: &mut File, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        let mut state = self.step()?;
        let Some(room) = &mut state.room_bytes else {
            return file.write_vectored(slices);
        };
        let first = slices.iter().find(|slice| !slice.is_empty());
        let bytes = first.map_or(&[][..], |slice| slice);
        let fitting = bytes
            .len()
            .min(usize::try_from(*room).unwrap_or(usize::MAX));
        if fitting == 0 && !bytes.is_empty() {
            return Err(ErrorKind::StorageFull.into());
        }
        let written = file.write(&bytes[..fitting])?;
        *room -= written as u64;
        Ok(written)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        let mut state = self.step()?;
        if state.sync_fails {
            return Err(io::Error::other("the disk does not answer"));
        }
        let content = fs::read(path)?;
        state.synced.insert(path.to_owned(), content);
        Ok(())
    }
}

fn files(dir: &Path) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(dir)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect()
}
