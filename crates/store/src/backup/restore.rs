//! Backup → a new data directory.
//!
//! Until its last step the directory has a version that no program opens, so that a restore which was cut short
//! is not taken for a store.

use super::check;
use super::file::{copy, create};
use super::manifest::{Entry, Manifest};
use super::{WITHIN_PLACE, is_within_place, keep_private};
use crate::Error;
use crate::directory::{self, CONTROL};
use crate::verify::{self, Progress, Report, Trouble};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use twox_hash::XxHash64;

/// In the place of the version.
const UNFINISHED: &str = "a restore that did not end";

/// The file that tells a store that was put back from the one that it comes from.
pub(super) const RESTORED: &str = "RESTORED";

/// A backup that was put back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// When the backup was taken.
    pub taken_nanos: i64,
    pub bytes: u64,
    /// Of the new directory.
    pub report: Report,
}

/// Makes a data directory at `root` of the backup in `source`, and verifies it. `root` is empty or not there.
/// Blocks on disk. `each` is told after each file.
///
/// # Errors
/// `Invalid` when either is not what it should be, `Corrupt` for a file of the backup that is damaged, which is
/// named; `Unavailable` when a disk does not answer. What was begun is left, and no program opens it.
pub async fn restore(
    source: &Path,
    root: &Path,
    each: impl FnMut(Progress),
) -> Result<Restored, Error> {
    let begun = Begun::new(source, root, each)?;
    begun.finish()?;
    Ok(Restored {
        report: verify::verify(&begun.root, |_| {}).await?,
        ..begun.restored()
    })
}

/// A directory that has all that is in a backup, and that no program opens yet.
#[derive(Debug)]
pub(super) struct Begun {
    pub(super) root: PathBuf,
    manifest: Manifest,
    bytes: u64,
    _lock: directory::Lock,
}

impl Begun {
    pub(super) fn new(
        source: &Path,
        root: &Path,
        mut each: impl FnMut(Progress),
    ) -> Result<Self, Error> {
        let manifest = Manifest::of(source)?;
        let root = claim(root)?;
        let lock = directory::lock(&root.join("lock"), &root)?;
        let unfinished = format!("{UNFINISHED}\n");
        directory::write_whole(&root.join("VERSION"), unfinished.as_bytes())?;
        let mut progress = manifest.progress();
        create(&root.join("data"))?;
        let mut directories: BTreeSet<PathBuf> = BTreeSet::new();
        for entry in &manifest.entries {
            let to = root.join(place(entry, manifest.generation));
            if let Some(parent) = to.parent().filter(|parent| !directories.contains(*parent)) {
                create(parent)?;
                directories.insert(parent.to_owned());
            }
            put_back(source, entry, &to)?;
            if to.ends_with(CONTROL) {
                keep_private(&to)?;
            }
            progress.files += 1;
            progress.bytes += entry.bytes;
            each(progress);
        }
        directories.iter().try_for_each(|it| directory::sync(it))?;
        Ok(Self {
            root,
            manifest,
            bytes: progress.bytes,
            _lock: lock,
        })
    }

    /// From now on it is a store.
    pub(super) fn finish(&self) -> Result<(), Error> {
        let (root, manifest) = (&self.root, &self.manifest);
        let mark = XxHash64::oneshot(
            manifest.taken_nanos as u64,
            root.as_os_str().as_encoded_bytes(),
        );
        directory::write_whole(&root.join(RESTORED), format!("{mark:016x}\n").as_bytes())?;
        let version = format!("{}\n", manifest.version);
        directory::write_whole(&root.join("VERSION"), version.as_bytes())
    }

    /// Before it is verified.
    pub(super) fn restored(&self) -> Restored {
        Restored {
            taken_nanos: self.manifest.taken_nanos,
            bytes: self.bytes,
            report: Report::default(),
        }
    }
}

/// Makes the directory if there is none. It has to be empty, and in no place of backups.
fn claim(root: &Path) -> Result<PathBuf, Error> {
    let is_new = !root.exists();
    fs::create_dir_all(root).map_err(Error::io("create", root))?;
    let root = fs::canonicalize(root).map_err(Error::io("find", root))?;
    let mut entries = fs::read_dir(&root).map_err(Error::io("read", &root))?;
    let reason = if is_within_place(&root) {
        WITHIN_PLACE
    } else if entries.next().is_some() {
        "a backup is put back into an empty or new directory only; name another one with `--data`, or with `--log-dir` \
         where the data files are elsewhere"
    } else {
        root.parent().map_or(Ok(()), directory::sync)?;
        return Ok(root);
    };
    if is_new {
        let _ = fs::remove_dir(&root);
    }
    Err(Error::NotEmpty { path: root, reason })
}

/// Below the data directory: what is of one backup only has that one's number before it.
fn place(entry: &Entry, generation: u64) -> &Path {
    let path = Path::new(&entry.path);
    path.strip_prefix(generation.to_string()).unwrap_or(path)
}

fn put_back(source: &Path, entry: &Entry, to: &Path) -> Result<(), Error> {
    let from = source.join(&entry.path);
    let damaged = |damage: String| Error::BackupDamaged {
        path: from.clone(),
        backup: source.to_owned(),
        damage,
    };
    if !from.exists() {
        return Err(damaged("it is not there".to_owned()));
    }
    copy(&from, to, u64::MAX, None)?;
    // Of the copy: it is the copy that has to be right.
    match check::matches(to, entry)? {
        Ok(()) => Ok(()),
        Err(Trouble::Missing) => Err(damaged("its copy is gone".to_owned())),
        Err(Trouble::Wrong(damage) | Trouble::Unreadable(damage)) => Err(damaged(damage)),
    }
}
