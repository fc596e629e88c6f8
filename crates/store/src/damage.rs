//! Damage that was met while the store is open: which files have not the bytes that were written to them, or are gone.
//!
//! Who meets it refuses what needs those bytes, each time; here it is told once, and counted.

use crate::verify::Finding;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

const REMEDY: &str = "`throughline verify` names all that is damaged, and what to do";

/// What was met.
#[derive(Debug, Default)]
pub(crate) struct Damage {
    met: AtomicU64,
    /// So that reading a file that is whole costs no lock.
    files: AtomicU64,
    known: Mutex<BTreeMap<PathBuf, Met>>,
}

/// Damage in one file.
#[derive(Debug)]
struct Met {
    what: String,
    /// Bytes that were asked for.
    at: Vec<Range<u64>>,
}

impl Damage {
    /// Somebody asked for the bytes `at` of a file, which are not what they were.
    pub(crate) fn meet(&self, path: &Path, at: &[Range<u64>], what: &str) {
        self.met.fetch_add(1, Ordering::Relaxed);
        let mut known = self.known();
        if known.contains_key(path) {
            return;
        }
        let (what, at) = (what.to_owned(), at.to_vec());
        tracing::error!(path = %path.display(), damage = what, "a file is damaged; what needs it is refused");
        known.insert(path.to_owned(), Met { what, at });
        self.files.store(known.len() as u64, Ordering::Relaxed);
    }

    /// The bytes `at` of a file are what they were, as they are once somebody has put it back.
    pub(crate) fn is_whole(&self, path: impl FnOnce() -> PathBuf, at: &[Range<u64>]) {
        if self.files.load(Ordering::Relaxed) == 0 {
            return;
        }
        let path = path();
        let has = |range: &Range<u64>| {
            at.iter()
                .any(|it| it.start <= range.start && range.end <= it.end)
        };
        let mut known = self.known();
        if known.get(&path).is_some_and(|met| met.at.iter().all(has)) {
            known.remove(&path);
            self.files.store(known.len() as u64, Ordering::Relaxed);
            tracing::info!(path = %path.display(), "a file that was damaged is whole again");
        }
    }

    /// Files that were deleted: no query needs them any more.
    pub(crate) fn forget(&self, paths: impl Iterator<Item = PathBuf>) {
        if self.files.load(Ordering::Relaxed) == 0 {
            return;
        }
        let mut known = self.known();
        for path in paths {
            known.remove(&path);
        }
        self.files.store(known.len() as u64, Ordering::Relaxed);
    }

    /// How often it was met.
    pub(crate) fn met(&self) -> u64 {
        self.met.load(Ordering::Relaxed)
    }

    /// Of the files that are not known to be whole again.
    pub(crate) fn found(&self) -> Vec<Finding> {
        let finding = |(path, met): (&PathBuf, &Met)| Finding {
            path: path.clone(),
            what: met.what.clone(),
            remedy: REMEDY,
        };
        self.known().iter().map(finding).collect()
    }

    pub(crate) fn files(&self) -> u64 {
        self.files.load(Ordering::Relaxed)
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<PathBuf, Met>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
