//! Whether a store whose parts are on other machines is as it was written. A catalog in PostgreSQL has checksums of its
//! own; what it names is read and compared as in a directory. An object is read as a whole, a few at a time.

use super::{LOG_LOST, Log, Progress, Report, Trouble, count, decode};
use crate::catalog::{Audit, Look, Named, NamedFile};
use crate::config::Objects;
use crate::log::{SLOTS, Slots, slot_path};
use crate::place::OWNER;
use crate::{Config, Error};
use bytes::Bytes;
use futures::stream::{self, StreamExt};
use object_store::Error as StoreError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use std::path::{Path, PathBuf};

/// Objects that are in memory at a time; none of ours is larger than 64 MiB.
const SIDE_BY_SIDE: usize = 4;

/// Checks all data files that the catalog of `config` names, and the log: that in the object store, or the one that is in
/// its directory. `each` is told after each data file.
///
/// # Errors
/// `Invalid` for a directory that is none of ours, `Unavailable` for a place that cannot be used. Damage is no error: it
/// is in the report.
pub async fn verify_places(
    config: &Config,
    mut each: impl FnMut(Progress),
) -> Result<Report, Error> {
    if config.objects.is_none() && config.catalog.is_none() {
        return super::verify(&config.data_dir, each).await;
    }
    let mut report = Report::default();
    let root = &config.data_dir;
    // As in `verify`: the log before the catalog's position.
    let log = match root.join("wal").exists() {
        true => Some(Log::read(&root.join("wal"))?),
        false => None,
    };
    let mut catalog = match &config.catalog {
        Some(url) => Source::Postgres(Look::open(url).await?),
        None => {
            super::control(root, &mut report).await;
            Source::Sqlite(sealed(root, &mut report).await?)
        }
    };
    let files = match &config.objects {
        Some(objects) => Files::Objects(objects),
        None => Files::Directory(root.join("data")),
    };
    let wal_seq = data_files(&files, &mut catalog, &mut report, &mut each).await?;
    if let Some(log) = log {
        log.judge(Some(wal_seq), &mut report);
    }
    if let (Source::Postgres(look), Some(objects)) = (&catalog, &config.objects)
        && let Some(first_slot) = look.first_slot().await?
    {
        slots(objects, look, first_slot, &mut report).await?;
    }
    Ok(report)
}

/// The catalog in a directory, and what is wrong with it.
async fn sealed(root: &Path, report: &mut Report) -> Result<Audit, Error> {
    let catalog = root.join("catalog.sqlite");
    if !catalog.exists() {
        return Err(Error::NoDirectory {
            path: root.to_owned(),
        });
    }
    let mut audit = Audit::open(&catalog).await?;
    report.catalog_without_checksum = !audit.is_sealed().await?;
    for line in audit.damage().await? {
        report.damage(&catalog, line, super::RESTORE_CATALOG);
    }
    Ok(audit)
}

/// The slots of a log in an object store that are needed.
async fn slots(
    objects: &Objects,
    look: &Look,
    first_slot: u64,
    report: &mut Report,
) -> Result<(), Error> {
    let checked = Slots::check(objects, first_slot).await?;
    report.records += checked.records;
    // The second look: what was let go of meanwhile is no damage.
    let first_slot = look.first_slot().await?.unwrap_or(first_slot);
    for (number, what) in checked.damaged {
        if number >= first_slot {
            let path = PathBuf::from(objects.shown(&slot_path(number)));
            report.damage(&path, what, LOG_LOST);
        }
    }
    Ok(())
}

/// What the catalog names, and the log's position that it covers.
async fn data_files(
    files: &Files<'_>,
    catalog: &mut Source,
    report: &mut Report,
    each: &mut impl FnMut(Progress),
) -> Result<u64, Error> {
    let named = catalog.named().await?;
    let mut progress = Progress::of(&named.files);
    let mut missing = Vec::new();
    let all = named.files.iter();
    let checks = all.map(|file| async move { (file, files.check(file).await) });
    let mut checks = stream::iter(checks).buffered(SIDE_BY_SIDE);
    while let Some((file, checked)) = checks.next().await {
        let path = files.shown(&file.path);
        match checked? {
            Ok(()) => {}
            Err(Trouble::Missing) => missing.push(file),
            Err(trouble) => report.trouble(&path, trouble, super::RESTORE_FILE),
        }
        if file.sums.is_none() {
            report.without_checksum.push(path);
        }
        progress.did(file);
        each(progress);
    }
    (report.files, report.bytes) = (progress.files, progress.bytes);
    let there = files.list().await?;
    let now = catalog.named().await?;
    report.compare(&named, &now, &missing, there, |path| files.shown(path));
    Ok(now.wal_seq)
}

/// A catalog that is looked at.
enum Source {
    Sqlite(Audit),
    Postgres(Look),
}

impl Source {
    async fn named(&mut self) -> Result<Named, Error> {
        match self {
            Self::Sqlite(audit) => audit.named().await,
            Self::Postgres(look) => look.named().await,
        }
    }
}

/// Where the data files are.
enum Files<'a> {
    Directory(PathBuf),
    Objects(&'a Objects),
}

impl Files<'_> {
    fn shown(&self, path: &str) -> PathBuf {
        match self {
            Self::Directory(data) => data.join(path),
            Self::Objects(objects) => objects.shown(path).into(),
        }
    }

    /// Without what is ours and no data file.
    async fn list(&self) -> Result<Vec<String>, Error> {
        let mut listed = match self {
            Self::Directory(data) => super::list(data)?,
            Self::Objects(objects) => objects.list().await?,
        };
        listed.retain(|path| path != OWNER && !path.starts_with(SLOTS));
        Ok(listed)
    }

    async fn check(&self, file: &NamedFile) -> Result<Result<(), Trouble>, Error> {
        match self {
            Self::Directory(data) => Ok(super::check(&data.join(&file.path), file)),
            Self::Objects(objects) => match objects.patiently(|| objects.bytes(&file.path)).await {
                Ok(content) => Ok(check(&content, file)),
                Err(StoreError::NotFound { .. }) => Ok(Err(Trouble::Missing)),
                Err(source) => Err(objects.failed("read", &file.path)(source)),
            },
        }
    }
}

/// As of a file on a disk.
fn check(content: &Bytes, file: &NamedFile) -> Result<(), Trouble> {
    let bytes = content.len() as u64;
    if bytes != file.bytes {
        let what = format!("it has {bytes} bytes, not {}", file.bytes);
        return Err(Trouble::Wrong(what));
    }
    let rows = match &file.sums {
        Some(sums) => {
            let checked = sums.check(0, content);
            checked.map_err(|damage| Trouble::Wrong(damage.to_string()))?;
            let reader = SerializedFileReader::new(content.clone())?;
            reader.metadata().file_metadata().num_rows()
        }
        None => decode(content, content.clone())?,
    };
    count(rows, file)
}
