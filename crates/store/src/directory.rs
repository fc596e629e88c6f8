//! The data directory: its lock, its version, its places.
//!
//! ```text
//! lock              held while a process uses the directory
//! VERSION           of this layout
//! wal/              the log
//! catalog.sqlite    the DuckLake catalog
//! data/<dataset>/   data files, <first>-<last>.parquet by the log's numbers
//! quarantine/       records of the log that could not be decoded, <number>.record;
//!                   ends of the log that a crash tore, wal-<segment>-<byte>.torn
//! LOG               the log's own id, where the catalog is not in here
//! scratch/          files on their way to and from an object store
//! control.sqlite    not the store's: tokens, and what is said of datasets. CONTROL says where they are
//! ```

use crate::Error;
use std::fs::{self, File, TryLockError};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use uuid::Uuid;
use wal::Survey;

pub(crate) const VERSION: &str = "throughline data 3";
/// Had no checksums in the catalog: neither of data files nor of its own rows. They are added on open; a program of
/// that version would not keep them.
const BEFORE_CHECKSUMS: &str = "throughline data 2";
/// Had no digests: neither in the log's records nor in the catalog. What is new is added on open.
const BEFORE_DIGESTS: &str = "throughline data 1";

/// The control data, if they are in the directory.
pub(crate) const CONTROL: &str = "control.sqlite";

/// Said of a catalog that is gone, or has nothing in it.
pub(crate) const LOST_CATALOG: &str = "but the data files or the log that it belongs to are there; nothing was changed. Put the catalog back, or \
     restore a backup into a new directory (`throughline restore`)";

/// An open data directory. The lock is held until the last clone of its `Arc` is gone.
#[derive(Debug)]
pub(crate) struct Directory {
    root: PathBuf,
    _lock: Lock,
}

impl Directory {
    /// Creates the directory if absent, locks it, and checks or writes its version. One of an earlier
    /// version is of this one afterwards: an earlier program, which would take the log's new records for
    /// damaged ones, refuses it from then on. `has_catalog` says whether the catalog belongs in here.
    ///
    /// # Errors
    /// `Corrupt` for a store that lost its version or its catalog. It is left as it is: new ones would hide what is
    /// lost from the next start.
    pub(crate) fn open(path: &Path, has_catalog: bool) -> Result<Self, Error> {
        // Before anything is touched.
        refuse_backup(path)?;
        if version(path)?.is_none() {
            refuse_store(path)?;
        }
        if has_catalog {
            refuse_without_catalog(path)?;
        }
        let created = path.ancestors().take_while(|it| is_absent(it)).count();
        fs::create_dir_all(path).map_err(Error::io("create", path))?;
        let root = path.canonicalize().map_err(Error::io("find", path))?;
        // Each new directory's name is in its parent. The last one may be new without our knowing: a
        // crash may have come between its creation and this line.
        let mut parents = root.ancestors().skip(1).take(created.max(1));
        parents.try_for_each(sync)?;
        let lock = lock(&root.join("lock"), &root)?;
        let found = version(&root)?;
        if found != Some(VERSION) {
            if let Some(found) = found {
                tracing::info!(from = found, to = VERSION, "upgraded the data directory");
            }
            write_whole(&root.join("VERSION"), format!("{VERSION}\n").as_bytes())?;
        }
        let directory = Self { root, _lock: lock };
        let data = directory.data();
        fs::create_dir_all(&data).map_err(Error::io("create", &data))?;
        sync(&directory.root)?;
        Ok(directory)
    }

    pub(crate) fn log(&self) -> PathBuf {
        self.root.join("wal")
    }

    pub(crate) fn catalog(&self) -> PathBuf {
        self.root.join("catalog.sqlite")
    }

    /// Absolute: it is written into the catalog, for engines that read it without us.
    pub(crate) fn data(&self) -> PathBuf {
        self.root.join("data")
    }

    pub(crate) fn quarantine(&self) -> PathBuf {
        self.root.join("quarantine")
    }

    /// A directory for files on their way; empty, whatever a crash left in it.
    pub(crate) fn scratch(&self) -> Result<PathBuf, Error> {
        let scratch = self.root.join("scratch");
        match fs::remove_dir_all(&scratch) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(Error::io("empty", &scratch)(error));
            }
            _ => fs::create_dir_all(&scratch).map_err(Error::io("create", &scratch))?,
        }
        Ok(scratch)
    }

    /// The id of the log in here, by which a catalog elsewhere knows it, and whether the log is empty: it was
    /// never open.
    pub(crate) fn log_id(&self) -> Result<(Uuid, bool), Error> {
        let path = self.root.join("LOG");
        let log = self.log();
        let is_empty = match fs::read_dir(&log) {
            Err(error) if error.kind() == ErrorKind::NotFound => true,
            found => found.map_err(Error::io("read", &log))?.next().is_none(),
        };
        let found = match fs::read_to_string(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let id = Uuid::new_v4();
                write_whole(&path, format!("{id}\n").as_bytes())?;
                return Ok((id, is_empty));
            }
            found => found.map_err(Error::io("read", &path))?,
        };
        match Uuid::parse_str(found.trim_end()) {
            Ok(id) => Ok((id, is_empty)),
            Err(_) => Err(Error::Mismatch {
                path,
                reason: "this is no id of a log".to_owned(),
            }),
        }
    }
}

/// A place of backups is no data directory, and is not to become one.
pub(crate) fn refuse_backup(path: &Path) -> Result<(), Error> {
    match crate::backup::is_place(path) {
        true => Err(Error::NotEmpty {
            path: path.to_owned(),
            reason: "it is a place of backups; `throughline restore` puts one into a new directory",
        }),
        false => Ok(()),
    }
}

/// A directory without a version is new, or it lost the version of the store that it has.
pub(crate) fn refuse_store(root: &Path) -> Result<(), Error> {
    let parts = ["catalog.sqlite", "LOG"].map(|name| root.join(name).exists());
    if !parts.contains(&true) && !has_files(&root.join("data"))? && !has_files(&root.join("wal"))? {
        return Ok(());
    }
    let reason = format!(
        "it is not there, but a store is; nothing was changed. Restore a backup into a new directory, or write the \
         line `{VERSION}` into this file if a program of this version or an earlier one was the last to use it"
    );
    Err(Error::Mismatch {
        path: root.join("VERSION"),
        reason,
    })
}

/// Data files, or a log that was trimmed, without the catalog that knows of them.
fn refuse_without_catalog(root: &Path) -> Result<(), Error> {
    let path = root.join("catalog.sqlite");
    if fs::metadata(&path).is_ok_and(|found| found.len() > 0) {
        return Ok(());
    }
    let mismatch = |reason: &str| {
        Err(Error::Mismatch {
            path: path.clone(),
            reason: format!("it is not there, {reason}"),
        })
    };
    if root.join("LOG").exists() {
        return mismatch("the log here is of a catalog in PostgreSQL: name that with `--catalog`");
    }
    if has_files(&root.join("data"))? || Survey::of(&root.join("wal"))?.first_seq > 1 {
        return mismatch(LOST_CATALOG);
    }
    Ok(())
}

/// Whether a store was ever opened in a directory; not in one that is new, or not there.
///
/// # Errors
/// `Invalid` for a place of backups and for a store of a program that is not known, `Unavailable` when the disk does not
/// answer.
pub fn is_there(root: &Path) -> Result<bool, Error> {
    refuse_backup(root)?;
    Ok(version(root)?.is_some())
}

/// Whether there have to be control data in a directory, and are none.
pub(crate) fn lost_control(root: &Path) -> bool {
    let said = fs::read_to_string(root.join("CONTROL")).unwrap_or_default();
    said.trim_end() == CONTROL && !root.join(CONTROL).exists()
}

/// Whether there is a file in a directory, or in one that is in it.
pub(crate) fn has_files(directory: &Path) -> Result<bool, Error> {
    let entries = match fs::read_dir(directory) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(false);
        }
        entries => entries.map_err(Error::io("read", directory))?,
    };
    for entry in entries {
        let path = entry.map_err(Error::io("read", directory))?.path();
        if !path.is_dir() || has_files(&path)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn is_absent(path: &Path) -> bool {
    !path.as_os_str().is_empty() && !path.exists()
}

/// A lock on a file. It ends with this value, also while a child that was just begun still has the file open.
#[derive(Debug)]
pub(crate) struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // What fails here is done by closing the file.
        let _ = self.0.unlock();
    }
}

pub(crate) fn lock(path: &Path, root: &Path) -> Result<Lock, Error> {
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
        .map_err(Error::io("open", path))?;
    match file.try_lock() {
        Ok(()) => Ok(Lock(file)),
        Err(TryLockError::WouldBlock) => Err(Error::Locked {
            path: root.to_owned(),
            by: String::new(),
        }),
        Err(TryLockError::Error(error)) => Err(Error::io("lock", path)(error)),
    }
}

/// The version that a directory has; `None` for a new one.
pub(crate) fn version(root: &Path) -> Result<Option<&'static str>, Error> {
    let path = root.join("VERSION");
    let found = match fs::read_to_string(&path) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        found => found.map_err(Error::io("read", &path))?,
    };
    let found = found.trim_end();
    let mut known = [VERSION, BEFORE_CHECKSUMS, BEFORE_DIGESTS].into_iter();
    match known.find(|known| *known == found) {
        Some(known) => Ok(Some(known)),
        None => Err(Error::Version {
            path: root.to_owned(),
            found: found.to_owned(),
            known: VERSION,
        }),
    }
}

/// Writes a file so that after a crash it is there whole or not at all.
pub(crate) fn write_whole(path: &Path, content: &[u8]) -> Result<(), Error> {
    let temporary = path.with_extension("tmp");
    let mut file = File::create(&temporary).map_err(Error::io("create", &temporary))?;
    file.write_all(content)
        .map_err(Error::io("write", &temporary))?;
    publish(&file, &temporary, path)
}

/// Gives a written file its name, durably: content first, then the name, then the directory.
pub(crate) fn publish(file: &File, temporary: &Path, path: &Path) -> Result<(), Error> {
    file.sync_all().map_err(Error::io("sync", temporary))?;
    done("sync", temporary);
    fs::rename(temporary, path).map_err(Error::io("rename", temporary))?;
    done("rename", path);
    path.parent().map_or(Ok(()), sync)
}

/// Makes the names in a directory durable.
pub(crate) fn sync(directory: &Path) -> Result<(), Error> {
    let file = File::open(directory).map_err(Error::io("open", directory))?;
    file.sync_all().map_err(Error::io("sync", directory))?;
    done("sync", directory);
    Ok(())
}

/// No test can see whether a loss of power would take a file away, but it can see that a step is missing.
fn done(verb: &'static str, path: &Path) {
    tracing::trace!(target: "throughline::disk", verb, path = %path.display());
}
