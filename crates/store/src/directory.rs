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
//! ```

use crate::Error;
use std::fs::{self, File, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

const VERSION: &str = "throughline data 1";

/// An open data directory. The lock is held until the last clone of its `Arc` is gone.
#[derive(Debug)]
pub(crate) struct Directory {
    root: PathBuf,
    _lock: File,
}

impl Directory {
    /// Creates the directory if absent, locks it, and checks or writes its version.
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        let created = path.ancestors().take_while(|it| is_absent(it)).count();
        fs::create_dir_all(path).map_err(Error::io("create", path))?;
        let root = path.canonicalize().map_err(Error::io("find", path))?;
        // Each new directory's name is in its parent. The last one may be new without our knowing: a
        // crash may have come between its creation and this line.
        let mut parents = root.ancestors().skip(1).take(created.max(1));
        parents.try_for_each(sync)?;
        let lock = lock(&root.join("lock"), &root)?;
        version(&root)?;
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
}

fn is_absent(path: &Path) -> bool {
    !path.as_os_str().is_empty() && !path.exists()
}

fn lock(path: &Path, root: &Path) -> Result<File, Error> {
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
        .map_err(Error::io("open", path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Locked {
            path: root.to_owned(),
        }),
        Err(TryLockError::Error(error)) => Err(Error::io("lock", path)(error)),
    }
}

fn version(root: &Path) -> Result<(), Error> {
    let path = root.join("VERSION");
    match fs::read_to_string(&path) {
        Ok(found) if found.trim_end() == VERSION => Ok(()),
        Ok(found) => {
            let found = found.trim_end().to_owned();
            Err(Error::Version {
                path: root.to_owned(),
                found,
                known: VERSION,
            })
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            write_whole(&path, format!("{VERSION}\n").as_bytes())
        }
        Err(error) => Err(Error::io("read", &path)(error)),
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
    fs::rename(temporary, path).map_err(Error::io("rename", temporary))?;
    path.parent().map_or(Ok(()), sync)
}

/// Makes the names in a directory durable.
pub(crate) fn sync(directory: &Path) -> Result<(), Error> {
    let file = File::open(directory).map_err(Error::io("open", directory))?;
    file.sync_all().map_err(Error::io("sync", directory))
}
