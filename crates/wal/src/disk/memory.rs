//! A disk in memory that fails when it is told to. For tests.

/// One file: what is seen, what is durable, what a loss of power makes of it.
mod file;
/// Which names are durable.
mod names;

use file::Content;
use names::Names;
use std::collections::HashMap;
use std::io::{self, ErrorKind, IoSlice, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A number below its argument, drawn by the test.
pub(crate) type Dice<'a> = &'a mut dyn FnMut(u64) -> u64;

/// A disk that fails when it is told to, and whose power can be lost.
#[derive(Debug, Default)]
pub struct TestDisk {
    state: Mutex<State>,
}

/// What is on a [`TestDisk`], and how it is to fail.
#[derive(Debug, Default)]
pub struct State {
    /// Writes fail as on a full disk once they took this many bytes.
    pub room_bytes: Option<u64>,
    /// Syncs of files fail.
    pub sync_fails: bool,
    /// After this many more steps one step fails.
    pub fault_in: Option<u64>,
    /// After this many more steps the power is off: nothing happens any more, and every step fails.
    pub steps_left: Option<u64>,
    files: HashMap<u64, Content>,
    files_made: u64,
    names: Names,
}

/// An open file, which outlives its name.
#[derive(Debug)]
pub(crate) struct Open {
    disk: Arc<TestDisk>,
    id: u64,
    at: u64,
}

impl TestDisk {
    /// The disk's state. While it is held the log waits at its next step.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Leaves what a loss of power leaves: what was synced, and of the rest what `dice` says (a number
    /// below its argument): nothing, all, a part torn at 512 bytes or 4 KiB, or any of its pages. When
    /// it says 0 throughout, nothing of the rest is left. The power is on again, and no fault is set.
    pub fn lose_power(&self, dice: &mut dyn FnMut(u64) -> u64) {
        let mut state = self.state();
        let State { files, names, .. } = &mut *state;
        names.lose_power(dice);
        files.retain(|id, _| names.contains(*id));
        // In an order of their own, so that a seed says everything.
        let mut ids: Vec<_> = files.keys().copied().collect();
        ids.sort_unstable();
        for id in ids {
            if let Some(file) = files.get_mut(&id) {
                file.lose_power(dice);
            }
        }
        state.calm();
    }

    /// Puts a file there, durably.
    pub fn install(&self, path: &Path, bytes: Vec<u8>) {
        let mut state = self.state();
        let id = state.make(Content::durable(bytes));
        state.names.install(path, id);
    }

    /// The bytes of a file as they are seen now.
    pub fn read(&self, path: &Path) -> Option<Vec<u8>> {
        let state = self.state();
        let id = state.names.get(path)?;
        Some(state.files.get(&id)?.bytes().to_vec())
    }

    /// The files in `dir`, sorted.
    pub fn list(&self, dir: &Path) -> io::Result<Vec<PathBuf>> {
        self.state().names.list(dir)
    }

    pub(super) fn create(self: &Arc<Self>, path: &Path) -> io::Result<Open> {
        let mut state = self.step()?;
        let id = state.make(Content::default());
        state.names.create(path, id)?;
        Ok(self.handle(id))
    }

    pub(super) fn open(self: &Arc<Self>, path: &Path) -> io::Result<Open> {
        let id = self.state().names.get(path).ok_or(ErrorKind::NotFound)?;
        Ok(self.handle(id))
    }

    pub(super) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step()?.names.rename(from, to)
    }

    pub(super) fn remove(&self, path: &Path) -> io::Result<()> {
        self.step()?.names.remove(path)
    }

    pub(super) fn create_directory(&self, dir: &Path) -> io::Result<()> {
        self.step()?.names.create_directory(dir);
        Ok(())
    }

    pub(super) fn sync_directory(&self, dir: &Path) -> io::Result<()> {
        self.step()?.names.sync(dir);
        Ok(())
    }

    fn handle(self: &Arc<Self>, id: u64) -> Open {
        let disk = Arc::clone(self);
        Open { disk, id, at: 0 }
    }

    fn step(&self) -> io::Result<MutexGuard<'_, State>> {
        let mut state = self.state();
        if state.fails() {
            return Err(io::Error::other("the disk does not answer"));
        }
        Ok(state)
    }
}

impl State {
    /// Whether this step fails: the power is off, or it is the one that is to fail.
    fn fails(&mut self) -> bool {
        match &mut self.steps_left {
            Some(0) => return true,
            Some(steps) => *steps -= 1,
            None => {}
        }
        match &mut self.fault_in {
            Some(0) => {
                self.fault_in = None;
                true
            }
            Some(steps) => {
                *steps -= 1;
                false
            }
            None => false,
        }
    }

    /// Whether the power is off.
    pub fn is_off(&self) -> bool {
        self.steps_left == Some(0)
    }

    /// No fault is set, and the power is on.
    pub fn calm(&mut self) {
        (self.room_bytes, self.sync_fails) = (None, false);
        (self.fault_in, self.steps_left) = (None, None);
    }

    fn make(&mut self, content: Content) -> u64 {
        self.files_made += 1;
        self.files.insert(self.files_made, content);
        self.files_made
    }

    fn file(&mut self, id: u64) -> io::Result<&mut Content> {
        self.files
            .get_mut(&id)
            .ok_or_else(|| ErrorKind::NotFound.into())
    }
}

impl Open {
    pub(super) fn file_bytes(&self) -> io::Result<u64> {
        let mut state = self.disk.state();
        Ok(state.file(self.id)?.bytes().len() as u64)
    }

    pub(super) fn set_len(&self, bytes: u64) -> io::Result<()> {
        self.disk.step()?.file(self.id)?.set_len(bytes as usize);
        Ok(())
    }

    pub(super) fn sync(&self) -> io::Result<()> {
        let mut state = self.disk.state();
        let is_off = state.is_off();
        if state.fails() || state.sync_fails {
            if !is_off {
                // As Linux does: the pages are clean now, and were not written.
                state.file(self.id)?.forget_unsynced();
            }
            return Err(io::Error::other("the disk does not answer"));
        }
        state.file(self.id)?.sync();
        Ok(())
    }

    pub(super) fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let mut state = self.disk.state();
        let content = state.file(self.id)?.bytes();
        let rest = content.get(self.at as usize..).unwrap_or_default();
        let read = rest.len().min(bytes.len());
        bytes[..read].copy_from_slice(&rest[..read]);
        self.at += read as u64;
        Ok(read)
    }

    /// Takes all of the slices, or as much as there is room for.
    pub(super) fn write(&mut self, slices: &[IoSlice<'_>]) -> io::Result<usize> {
        let mut state = self.disk.step()?;
        let wanted: usize = slices.iter().map(|slice| slice.len()).sum();
        let room = state.room_bytes.map_or(wanted, |room| room as usize);
        let taken = wanted.min(room);
        if taken == 0 && wanted > 0 {
            return Err(ErrorKind::StorageFull.into());
        }
        let mut bytes: Vec<u8> = slices
            .iter()
            .flat_map(|slice| slice.iter().copied())
            .collect();
        bytes.truncate(taken);
        state.file(self.id)?.write(self.at as usize, &bytes);
        self.at += taken as u64;
        if let Some(room) = &mut state.room_bytes {
            *room -= taken as u64;
        }
        Ok(taken)
    }

    pub(super) fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let end = self.file_bytes()?;
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => end.checked_add_signed(by),
        };
        self.at = at.ok_or(ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}
