//! What a backup is taken of: one directory, or a store whose parts are on other machines. In the backup it is one
//! directory in any case.

use super::file::{Whole, check_file, copy, create, sum};
use crate::catalog::{self, Audit, Look, Named, NamedFile, check_frames, check_local};
use crate::config::Objects;
use crate::directory;
use crate::{Config, Error, log};
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// So often a log is read from its begin when its server let go of some of it meanwhile, as each flush does.
const LOG_TRIES: usize = 20;

/// Where the parts are.
#[derive(Debug)]
pub(super) struct Source<'a> {
    /// What is not elsewhere.
    pub(super) root: &'a Path,
    /// Of the layout that the backup gets.
    pub(super) version: &'static str,
    objects: Option<&'a Objects>,
    look: Option<Look>,
    /// For messages.
    pub(super) catalog: PathBuf,
}

impl<'a> Source<'a> {
    /// All in one directory.
    pub(super) async fn directory(root: &'a Path) -> Result<Self, Error> {
        let source = Self::with_catalog(root, None)?;
        check_local(root).await?;
        Ok(source)
    }

    pub(super) async fn open(config: &'a Config) -> Result<Self, Error> {
        let root = config.data_dir.as_path();
        let Some(url) = &config.catalog else {
            return match &config.objects {
                None => Self::directory(root).await,
                objects => Self::with_catalog(root, objects.as_ref()),
            };
        };
        let look = Look::open(url).await?;
        if look.chain().await?.is_none() {
            let owner = look.log_id().await?;
            let here = fs::read_to_string(root.join("LOG")).unwrap_or_default();
            if owner.as_deref() != Some(here.trim_end()) {
                return Err(Error::Elsewhere {
                    path: root.to_owned(),
                    what: "it has not the log of this catalog".to_owned(),
                    remedy: "name the directory that `serve` logs to (--log-dir), on the machine where it is",
                });
            }
        }
        Ok(Self {
            root,
            version: directory::VERSION,
            objects: config.objects.as_ref(),
            look: Some(look),
            catalog: url.shown().into(),
        })
    }

    fn with_catalog(root: &'a Path, objects: Option<&'a Objects>) -> Result<Self, Error> {
        let Some(version) = directory::version(root)? else {
            directory::refuse_store(root)?;
            let path = root.to_owned();
            return Err(Error::NoDirectory { path });
        };
        let catalog = root.join("catalog.sqlite");
        check_frames(&catalog)?;
        Ok(Self {
            root,
            version,
            objects,
            look: None,
            catalog,
        })
    }

    /// Whether control data are where the catalog is, and not in the directory.
    pub(super) fn has_control_elsewhere(&self) -> bool {
        self.look.is_some()
    }

    /// Writes a log in the object store as one on a disk, and says its newest number; `None` when the log is in the
    /// directory.
    pub(super) async fn slots(&self, to: &Path) -> Result<Option<u64>, Error> {
        let (Some(look), Some(objects)) = (&self.look, self.objects) else {
            return Ok(None);
        };
        if look.chain().await?.is_none() {
            return Ok(None);
        }
        for _ in 0..LOG_TRIES {
            if let Some(last_seq) = log::copied(objects, look, to).await? {
                return Ok(Some(last_seq));
            }
            fs::remove_dir_all(to).map_err(Error::io("remove", to))?;
            create(to)?;
        }
        Err(Error::Vanished {
            path: objects.shown(log::SLOTS).into(),
        })
    }

    /// Writes the catalog, as it is now, to a new file, which is not synced; what it names, once it is found to be whole.
    pub(super) async fn copy_catalog(&self, to: &Path) -> Result<Named, Error> {
        match &self.look {
            Some(look) => look.copy_to(to).await?,
            None => {
                let mut source = Audit::open(&self.catalog).await?;
                source.copy_to(to).await?;
                source.close().await?;
            }
        }
        let mut audit = Audit::open(to).await?;
        if let Some(damage) = audit.damage().await?.into_iter().next() {
            let path = self.catalog.clone();
            return Err(Error::Damaged { path, damage });
        }
        let named = audit.named().await?;
        audit.close().await?;
        if self.look.is_none() && self.objects.is_some() {
            catalog::forget_data_path(to).await?;
        }
        Ok(named)
    }

    /// Copies a data file durably but for its directory's entry; `None` when it is not there.
    pub(super) async fn copy_file(
        &self,
        file: &NamedFile,
        to: &Path,
    ) -> Result<Option<Whole>, Error> {
        let from = self.shown(file);
        let copied = match self.objects {
            None => copy(&from, to, u64::MAX, file.sums.as_ref()),
            Some(objects) => fetch(objects, file, &from, to).await,
        };
        match copied {
            Err(Error::Io { source, .. }) if source.kind() == ErrorKind::NotFound => Ok(None),
            Err(Error::Unreadable { .. }) => Ok(None),
            copied => copied.map(Some),
        }
    }

    /// Whether the catalog names a file now.
    pub(super) async fn names(&self, file: &NamedFile) -> Result<bool, Error> {
        let named = match &self.look {
            Some(look) => look.named().await?,
            None => Audit::open(&self.catalog).await?.named().await?,
        };
        Ok(named.files.iter().any(|it| it.path == file.path))
    }

    /// Where a data file is.
    pub(super) fn shown(&self, file: &NamedFile) -> PathBuf {
        match self.objects {
            None => self.root.join("data").join(&file.path),
            Some(objects) => objects.shown(&file.path).into(),
        }
    }
}

async fn fetch(
    objects: &Objects,
    file: &NamedFile,
    from: &Path,
    to: &Path,
) -> Result<Whole, Error> {
    let temporary = to.with_extension("part");
    objects.fetch(&file.path, &temporary).await?;
    if let Some(sums) = &file.sums {
        check_file(sums, &temporary, from)?;
    }
    let read = sum(&temporary)?;
    let synced = File::open(&temporary).and_then(|file| file.sync_all());
    synced.map_err(Error::io("sync", &temporary))?;
    fs::rename(&temporary, to).map_err(Error::io("rename", &temporary))?;
    Ok(read)
}
