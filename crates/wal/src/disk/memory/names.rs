//! Which names are seen, and which are durable.

use super::Dice;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Names of files and directories.
#[derive(Debug, Default)]
pub(super) struct Names {
    seen: Tree,
    durable: Tree,
    /// What was done since the last sync of the directory that it was done in, in order.
    unsynced: Vec<Change>,
}

#[derive(Clone, Debug, Default)]
struct Tree {
    files: BTreeMap<PathBuf, u64>,
    directories: BTreeSet<PathBuf>,
}

#[derive(Clone, Debug)]
enum Change {
    Create(PathBuf, u64),
    CreateDirectory(PathBuf),
    Rename(PathBuf, PathBuf, u64),
    Remove(PathBuf),
}

impl Change {
    fn is_in(&self, dir: &Path) -> bool {
        let (Self::Create(path, _)
        | Self::CreateDirectory(path)
        | Self::Rename(_, path, _)
        | Self::Remove(path)) = self;
        path.parent() == Some(dir)
    }
}

impl Tree {
    fn apply(&mut self, change: &Change) {
        match change {
            Change::Create(path, id) => {
                self.files.insert(path.clone(), *id);
            }
            Change::CreateDirectory(path) => {
                self.directories.insert(path.clone());
            }
            Change::Rename(from, to, id) => {
                self.files.remove(from);
                self.files.insert(to.clone(), *id);
            }
            Change::Remove(path) => {
                self.files.remove(path);
            }
        }
    }

    fn has_directory(&self, dir: &Path) -> bool {
        dir.parent().is_none() || self.directories.contains(dir)
    }
}

impl Names {
    pub(super) fn get(&self, path: &Path) -> Option<u64> {
        self.seen.files.get(path).copied()
    }

    pub(super) fn contains(&self, id: u64) -> bool {
        self.seen.files.values().any(|other| *other == id)
    }

    pub(super) fn list(&self, dir: &Path) -> io::Result<Vec<PathBuf>> {
        if !self.seen.has_directory(dir) {
            return Err(ErrorKind::NotFound.into());
        }
        let paths = self.seen.files.keys();
        Ok(paths
            .filter(|path| path.parent() == Some(dir))
            .cloned()
            .collect())
    }

    pub(super) fn create(&mut self, path: &Path, id: u64) -> io::Result<()> {
        if !path
            .parent()
            .is_some_and(|dir| self.seen.has_directory(dir))
        {
            return Err(ErrorKind::NotFound.into());
        }
        self.make(Change::Create(path.to_owned(), id));
        Ok(())
    }

    pub(super) fn create_directory(&mut self, dir: &Path) {
        let missing: Vec<_> = dir
            .ancestors()
            .take_while(|dir| !self.seen.has_directory(dir))
            .map(Path::to_owned)
            .collect();
        for dir in missing.into_iter().rev() {
            self.make(Change::CreateDirectory(dir));
        }
    }

    pub(super) fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        let id = self.get(from).ok_or(ErrorKind::NotFound)?;
        self.make(Change::Rename(from.to_owned(), to.to_owned(), id));
        Ok(())
    }

    pub(super) fn remove(&mut self, path: &Path) -> io::Result<()> {
        self.get(path).ok_or(ErrorKind::NotFound)?;
        self.make(Change::Remove(path.to_owned()));
        Ok(())
    }

    pub(super) fn install(&mut self, path: &Path, id: u64) {
        if let Some(dir) = path.parent() {
            self.create_directory(dir);
        }
        self.make(Change::Create(path.to_owned(), id));
        for change in std::mem::take(&mut self.unsynced) {
            self.durable.apply(&change);
        }
    }

    fn make(&mut self, change: Change) {
        self.seen.apply(&change);
        self.unsynced.push(change);
    }

    pub(super) fn sync(&mut self, dir: &Path) {
        let (synced, unsynced) = std::mem::take(&mut self.unsynced)
            .into_iter()
            .partition(|change| change.is_in(dir));
        self.unsynced = unsynced;
        let synced: Vec<Change> = synced;
        synced.iter().for_each(|change| self.durable.apply(change));
    }

    pub(super) fn lose_power(&mut self, dice: Dice<'_>) {
        // 0: nothing unsynced is left; 1: all; 2: any of it.
        let mode = dice(3);
        for change in std::mem::take(&mut self.unsynced) {
            let is_left = match mode {
                0 => false,
                1 => true,
                _ => dice(2) == 1,
            };
            if is_left {
                self.durable.apply(&change);
            }
        }
        let Tree { files, directories } = &mut self.durable;
        // What is in a directory without a name is gone with it.
        directories.retain(|dir| dir.parent().is_some());
        let known = directories.clone();
        directories.retain(|dir| is_reached(dir, &known));
        files.retain(|path, _| path.parent().is_some_and(|dir| is_reached(dir, &known)));
        self.seen = self.durable.clone();
    }
}

fn is_reached(dir: &Path, directories: &BTreeSet<PathBuf>) -> bool {
    dir.ancestors()
        .all(|dir| dir.parent().is_none() || directories.contains(dir))
}
