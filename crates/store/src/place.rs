//! Where data files are: in a directory of this machine, or in an object store.
//!
//! A data file is written to, and merged from, a local directory ([`Place::local`]). For files that stay on this
//! machine that is where they belong, and everything else here costs them nothing. For an object store it
//! is a scratch directory: [`Place::keep`] takes a file from there to the store, [`Place::fetch`] brings it back
//! for a merge. Queries read where the files are.
//!
//! A file is named by its path below the place, as the catalog has it: `traces/000000000001-000000000007.parquet`.

/// Data files as objects: written once, read back when the answer was lost.
mod objects;
/// Whether an object store keeps to what we need.
mod probe;

use crate::config::Objects;
use crate::directory::{self, Directory};
use crate::{Error, data_file};
use object_store::ObjectStore;
use object_store::local::LocalFileSystem;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A data file on its way to an object store is in memory as a whole: compaction makes none that is larger.
pub(crate) const UPLOAD_BYTES_MAX: u64 = 64 << 20;
/// What a place says about the catalog that its files belong to.
pub(crate) const OWNER: &str = "throughline-catalog";

/// Where data files are.
#[derive(Debug)]
pub(crate) enum Place {
    Directory(PathBuf),
    Objects { objects: Objects, scratch: PathBuf },
}

impl Place {
    /// Opens the place; of an object store it is proved that it keeps to what we need of it.
    pub(crate) async fn open(
        objects: Option<&Objects>,
        directory: &Directory,
    ) -> Result<Self, Error> {
        let Some(objects) = objects else {
            return Ok(Self::Directory(directory.data()));
        };
        let scratch = directory.scratch()?;
        probe::probe(objects).await?;
        Ok(Self::Objects {
            objects: objects.clone(),
            scratch,
        })
    }

    /// The local directory that files are written to and merged from.
    pub(crate) fn local(&self) -> &Path {
        match self {
            Self::Directory(data) => data,
            Self::Objects { scratch, .. } => scratch,
        }
    }

    /// What other engines are told. Ends in a separator.
    pub(crate) fn url(&self) -> String {
        match self {
            Self::Directory(data) => format!("{}/", data.display()),
            Self::Objects { objects, .. } => objects.url().to_owned(),
        }
    }

    /// What queries read the files from, ...
    pub(crate) fn store(&self) -> Arc<dyn ObjectStore> {
        match self {
            Self::Directory(_) => Arc::new(LocalFileSystem::new()),
            Self::Objects { objects, .. } => Arc::clone(&objects.store),
        }
    }

    /// ... and where in it those of a table are.
    pub(crate) fn root(&self) -> PathBuf {
        match self {
            Self::Directory(data) => data.clone(),
            Self::Objects { objects, .. } => Path::new("/").join(objects.prefix.as_ref()),
        }
    }

    /// For a message.
    pub(crate) fn shown(&self, path: &str) -> PathBuf {
        match self {
            Self::Directory(data) => data.join(path),
            Self::Objects { objects, .. } => PathBuf::from(format!("{}{path}", objects.url())),
        }
    }

    /// Makes a file that was written to the local directory the place's own; when this returns, it stays. Another
    /// content that is there under this name is an error, unless it may be `replaced`.
    pub(crate) async fn keep(&self, path: &str, replaced: bool) -> Result<(), Error> {
        let Self::Objects { objects, scratch } = self else {
            // It was written where it belongs, durably.
            return Ok(());
        };
        let local = scratch.join(path);
        let kept = objects.keep(path, &local, replaced).await;
        let removed = fs::remove_file(&local);
        kept?;
        removed.map_err(Error::io("remove", &local))
    }

    /// Brings files to the local directory, where they are until [`Place::release`].
    ///
    /// # Errors
    /// `Corrupt` for a file that is not there.
    pub(crate) async fn fetch(&self, paths: &[String]) -> Result<(), Error> {
        if let Self::Objects { objects, scratch } = self {
            for path in paths {
                objects.fetch(path, &scratch.join(path)).await?;
            }
        }
        Ok(())
    }

    /// Lets go of what was fetched.
    pub(crate) fn release(&self, paths: &[String]) {
        if let Self::Objects { scratch, .. } = self {
            for path in paths {
                // If this fails, the next open removes it.
                let _ = fs::remove_file(scratch.join(path));
            }
        }
    }

    /// Removes files durably; those that are gone are no error.
    pub(crate) async fn remove(&self, paths: Vec<String>) -> Result<(), Error> {
        match self {
            Self::Directory(_) if paths.is_empty() => Ok(()),
            Self::Directory(data) => {
                let data = data.clone();
                tokio::task::spawn_blocking(move || {
                    let mut paths = paths.iter().map(|path| data.join(path));
                    paths.try_for_each(|path| data_file::remove(&path))
                })
                .await?
            }
            Self::Objects { objects, .. } => objects.remove(&paths).await,
        }
    }

    pub(crate) async fn exists(&self, path: &str) -> Result<bool, Error> {
        match self {
            Self::Directory(data) => Ok(data.join(path).exists()),
            Self::Objects { objects, .. } => Ok(objects.written_nanos(path).await?.is_some()),
        }
    }

    /// When a file was written, by the store's clock; `None` for one that is not there.
    pub(crate) async fn written_nanos(&self, path: &str) -> Result<Option<i64>, Error> {
        match self {
            Self::Directory(data) => Ok(data_file::written_nanos(&data.join(path))),
            Self::Objects { objects, .. } => objects.written_nanos(path).await,
        }
    }

    /// The files of all tables. An object store may not show the newest, nor hide the ones just removed.
    pub(crate) async fn list(&self) -> Result<Vec<String>, Error> {
        match self {
            Self::Directory(data) => list(data),
            Self::Objects { objects, .. } => objects.list().await,
        }
    }

    /// Takes a file out of the place and keeps it in the local directory `aside`.
    pub(crate) async fn set_aside(&self, path: &str, aside: &Path) -> Result<(), Error> {
        let name = Path::new(path).file_name().unwrap_or_default();
        let (from, to) = (self.local().join(path), aside.join(name));
        tracing::error!(
            from = %self.shown(path).display(),
            to = %to.display(),
            "a data file that was not committed has rows that are nowhere else; it is kept in quarantine"
        );
        self.fetch(&[path.to_owned()]).await?;
        fs::create_dir_all(aside).map_err(Error::io("create", aside))?;
        fs::rename(&from, &to).map_err(Error::io("rename", &from))?;
        directory::sync(aside)?;
        from.parent().map_or(Ok(()), directory::sync)?;
        match self {
            Self::Directory(_) => Ok(()),
            Self::Objects { objects, .. } => objects.remove(&[path.to_owned()]).await,
        }
    }

    /// Checks that the files here are those of the catalog with this id; one that has had none yet takes
    /// a place that is nobody's.
    ///
    /// # Errors
    /// `Corrupt` for a place of another catalog, and for one that is not this catalog's.
    pub(crate) async fn claim(&self, catalog: &str, is_new: bool) -> Result<(), Error> {
        let found = match self {
            Self::Directory(data) => read_owner(data)?,
            Self::Objects { objects, .. } => objects.read_small(OWNER).await?,
        };
        let mismatch = |reason: &str| Error::Mismatch {
            path: self.shown(""),
            reason: reason.to_owned(),
        };
        match (found.as_deref(), self) {
            (Some(found), _) if found == catalog => Ok(()),
            (Some(_), _) => Err(mismatch(
                "the data files here belong to another catalog; name that one, or another place",
            )),
            (None, _) if !is_new => Err(mismatch(
                "the catalog has data files, but they are not here; name the place they are in",
            )),
            (None, Self::Directory(data)) => {
                directory::write_whole(&data.join(OWNER), catalog.as_bytes())
            }
            (None, Self::Objects { objects, .. }) => {
                objects.create_small(OWNER, catalog.to_owned()).await
            }
        }
    }
}

/// That an object store can be used, and has nothing where the data files are to be.
///
/// # Errors
/// `Unavailable` for one that cannot be used, `Invalid` where something is.
pub(crate) async fn check_vacant(objects: &Objects) -> Result<(), Error> {
    probe::probe(objects).await?;
    // A list may be late; the owner of data files is not asked for by one.
    let is_owned = objects.read_small(OWNER).await?.is_some();
    match is_owned || !objects.list_below("").await?.is_empty() {
        true => Err(Error::NotEmpty {
            path: objects.shown("").into(),
            reason: "something is there already; name a prefix that is new",
        }),
        false => Ok(()),
    }
}

fn read_owner(data: &Path) -> Result<Option<String>, Error> {
    let path = data.join(OWNER);
    match fs::read_to_string(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        found => found.map(Some).map_err(Error::io("read", &path)),
    }
}

fn list(data: &Path) -> Result<Vec<String>, Error> {
    let mut files = Vec::new();
    for dataset in fs::read_dir(data).map_err(Error::io("read", data))? {
        let dataset = dataset.map_err(Error::io("read", data))?.path();
        if !dataset.is_dir() {
            continue;
        }
        for file in fs::read_dir(&dataset).map_err(Error::io("read", &dataset))? {
            let path = file.map_err(Error::io("read", &dataset))?.path();
            let below = path.strip_prefix(data).ok().and_then(Path::to_str);
            files.extend(below.map(str::to_owned));
        }
    }
    Ok(files)
}
