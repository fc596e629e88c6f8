//! A copy of a data directory, or of a store whose parts are on other machines, taken while a server runs: `throughline
//! backup`; and the way back: `throughline restore`.
//!
//! ```text
//! MANIFEST              what the backup holds, each file with size and checksum; written last, in one step
//! 3/catalog.sqlite      of the newest backup in this place: the catalog, ...
//! 3/control.sqlite      ... the file beside it in which others keep what they know of datasets, ...
//! 3/wal/ 3/quarantine/  ... the log up to its last whole record, what could not be decoded
//! data/                 the data files, shared with the backup before
//! ```
//!
//! Why every span that was acknowledged before it began is in it, once: **first the log is copied, then the
//! catalog, then what that names.** A record is in the log until a commit covers it; so a span that is not in the
//! copied log was covered before the log was looked at, and the catalog, which is copied later, names its file.
//! What both have is in it once, as after a crash between commit and trim: the catalog carries the log's position.
//! The other way round a flush between the two would take spans out of the log that the copied catalog has not.
//! A data file stays for an hour or more after the last snapshot that has it; if one is gone all the same, the
//! copy begins again and keeps what it has.
//!
//! Nothing that is damaged replaces a backup: each file is compared with its checksum while it is copied, and
//! until the new MANIFEST is there the old one counts, whose files are all there still.

/// Backup → a store whose parts are on other machines.
mod away;
/// Whether a backup has what its MANIFEST says.
mod check;
/// Files that are copied, each with its checksum.
mod file;
/// What a backup holds.
mod manifest;
/// Backup → a new data directory.
mod restore;
/// What a backup is taken of.
mod source;

pub use away::restore_places;
pub(crate) use check::check;
pub use restore::{Restored, restore};

use crate::catalog::{Named, NamedFile, copy_sqlite};
use crate::directory::{self, CONTROL};
use crate::verify::{self, Progress, Report};
use crate::{Config, Error};
use file::{Whole, copy, create, files, sum};
use manifest::{Entry, Manifest};
use source::Source;
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use wal::Survey;

/// The file that marks a place as one for backups, and is locked by the one that is being taken. A directory of this name
/// marks nothing: it may be a place itself.
const LOCK: &str = "throughline-backup";
const WITHIN_PLACE: &str =
    "it is in a place of backups, whose next backup may remove it; name one outside";
/// So often a copy begins again when a server deleted what it wanted to copy.
const TRIES: usize = 3;

/// A backup that was taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backup {
    /// Its number in this place.
    pub generation: u64,
    /// Data files and their bytes, and how much of that was copied this time.
    pub files: u64,
    pub bytes: u64,
    pub copied_files: u64,
    pub copied_bytes: u64,
    /// Every record of the log up to this number is in it.
    pub log_seq: u64,
}

/// Copies the data directory `root` to `target`, which is empty or has a backup of it. Blocks on disk. `each` is
/// told after each data file.
///
/// # Errors
/// `Invalid` when either is not what it should be or `root` has not all of the store, `Conflict` when another backup is being taken there,
/// `Corrupt` for what is damaged, `Unavailable` when a disk does not answer. The backup before stays as it was.
pub async fn backup(
    root: &Path,
    target: &Path,
    now_nanos: i64,
    each: impl FnMut(Progress),
) -> Result<Backup, Error> {
    let source = Source::directory(root).await?;
    take(&source, target, now_nanos, async |_| Ok(()), each).await
}

/// As [`backup`], of a store whose parts are where `config` says: the catalog becomes a file, data files and log are
/// brought here. `control` writes the control data to a new file when they are with the catalog in PostgreSQL.
///
/// # Errors
/// As [`backup`], and `Unavailable` for a place that cannot be used.
pub async fn backup_places(
    config: &Config,
    target: &Path,
    now_nanos: i64,
    control: impl AsyncFn(&Path) -> Result<(), String>,
    each: impl FnMut(Progress),
) -> Result<Backup, Error> {
    let source = Source::open(config).await?;
    take(&source, target, now_nanos, control, each).await
}

async fn take(
    source: &Source<'_>,
    target: &Path,
    now_nanos: i64,
    control: impl AsyncFn(&Path) -> Result<(), String>,
    mut each: impl FnMut(Progress),
) -> Result<Backup, Error> {
    let (target, _lock) = &claim(source.root, target)?;
    let before = Manifest::read(target)?;
    let mut tries = 1;
    loop {
        let copy = Copy {
            source,
            target,
            before: before.as_ref(),
            generation: before.as_ref().map_or(1, |before| before.generation + 1),
        };
        match copy.run(now_nanos, &control, &mut each).await {
            Err(Error::Vanished { .. }) if tries < TRIES => tries += 1,
            done => return done,
        }
    }
}

/// Whether this is a place of backups, with or without one that is finished.
pub(crate) fn is_place(path: &Path) -> bool {
    [manifest::NAME, LOCK]
        .iter()
        .any(|it| path.join(it).is_file())
}

/// Whether a directory lies in a place of backups, whose next one removes what it does not know.
fn is_within_place(path: &Path) -> bool {
    let mut above = path.ancestors().skip(1);
    above.any(|it| it.join(LOCK).is_file())
}

/// The hashes of tokens are in it.
fn keep_private(control: &Path) -> Result<(), Error> {
    let mode = fs::Permissions::from_mode(0o600);
    fs::set_permissions(control, mode).map_err(Error::io("change the mode of", control))
}

/// Makes the directory if there is none. It has to be empty, or a place of backups, and not in `root`.
fn claim(root: &Path, target: &Path) -> Result<(PathBuf, directory::Lock), Error> {
    let is_new = !target.exists();
    fs::create_dir_all(target).map_err(Error::io("create", target))?;
    let target = fs::canonicalize(target).map_err(Error::io("find", target))?;
    // Of a store whose parts are elsewhere there may be none.
    let is_in_data = fs::canonicalize(root).is_ok_and(|root| target.starts_with(root));
    let reason = match (is_in_data, is_within_place(&target)) {
        (true, _) => {
            Some("it is in the data directory; name one outside, on another disk if there is one")
        }
        (_, true) => Some(WITHIN_PLACE),
        _ => None,
    };
    if let Some(reason) = reason {
        if is_new {
            let _ = fs::remove_dir(&target);
        }
        return Err(Error::NotEmpty {
            path: target,
            reason,
        });
    }
    target.parent().map_or(Ok(()), directory::sync)?;
    let mark = target.join(LOCK);
    let mut entries = fs::read_dir(&target).map_err(Error::io("read", &target))?;
    if !mark.is_file() && entries.next().is_some() {
        return Err(Error::NotEmpty {
            path: target,
            reason: "it is not empty and holds no backup of ours; name a new directory",
        });
    }
    let lock = directory::lock(&mark, &target)?;
    Ok((target, lock))
}

/// What tells a store's backups from those of others. A store that was put back from a backup goes its own way from there: its
/// backups do not take the place of those that it came from.
fn identity(root: &Path, store: &str) -> Result<String, Error> {
    let path = root.join(restore::RESTORED);
    match fs::read_to_string(&path) {
        Ok(restored) => Ok(format!("{store}-{}", restored.trim())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(store.to_owned()),
        Err(error) => Err(Error::io("read", &path)(error)),
    }
}

/// One try.
struct Copy<'a> {
    source: &'a Source<'a>,
    target: &'a Path,
    before: Option<&'a Manifest>,
    generation: u64,
}

impl Copy<'_> {
    async fn run(
        &self,
        now_nanos: i64,
        control: &impl AsyncFn(&Path) -> Result<(), String>,
        each: &mut impl FnMut(Progress),
    ) -> Result<Backup, Error> {
        let own = self.target.join(self.generation.to_string());
        match fs::remove_dir_all(&own) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(Error::io("remove", &own)(error));
            }
            _ => {}
        }
        let mut entries = Vec::new();
        let log_seq = self.log(&own.join("wal"), &mut entries).await?;
        self.quarantine(&own.join("quarantine"), &mut entries)?;
        let mut named = self.catalog(&own, &mut entries).await?;
        named.store = identity(self.source.root, &named.store)?;
        if self
            .before
            .is_some_and(|before| before.store != named.store)
        {
            return Err(Error::NotEmpty {
                path: self.target.to_owned(),
                reason: "it has a backup of another data directory; name a new directory",
            });
        }
        let mut report = Report::default();
        verify::Log::read(&own.join("wal"))?.judge(Some(named.wal_seq), &mut report);
        if let Some(found) = report.damaged.into_iter().next() {
            let (path, damage) = (self.source.root.join("wal"), found.what);
            return Err(Error::Damaged { path, damage });
        }
        let mut done = Backup {
            generation: self.generation,
            log_seq,
            ..Backup::default()
        };
        self.data_files(&named.files, &mut entries, &mut done, each)
            .await?;
        // Last: what rows are said to be is written there before the rows are.
        self.control(&own, control, &mut entries).await?;
        directory::sync(&own)?;
        directory::sync(self.target)?;
        let manifest = Manifest {
            generation: self.generation,
            version: self.source.version.to_owned(),
            store: named.store,
            taken_nanos: now_nanos,
            log_seq,
            entries,
        };
        directory::write_whole(
            &self.target.join(manifest::NAME),
            manifest.encode().as_bytes(),
        )?;
        // It counts already. What could not be removed is tried again by the next one.
        if let Err(error) = self.tidy(&manifest) {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "the backup is whole, but what only backups before had could not all be removed"
            );
        }
        Ok(done)
    }

    /// The log, up to its last whole record now; its number.
    async fn log(&self, to: &Path, entries: &mut Vec<Entry>) -> Result<u64, Error> {
        create(to)?;
        if let Some(last_seq) = self.source.slots(to).await? {
            for path in files(to)? {
                entries.push(self.entry(&path, sum(&path)?));
            }
            return Ok(last_seq);
        }
        let survey = Survey::of(&self.source.root.join("wal"))?;
        for file in &survey.files {
            let name = file.path.file_name().unwrap_or_default();
            match copy(&file.path, &to.join(name), file.bytes, None) {
                // Trimmed meanwhile: a commit covers it, which the catalog has when it is copied.
                Err(Error::Io { source, .. }) if source.kind() == ErrorKind::NotFound => {}
                copied => entries.push(self.entry(&to.join(name), copied?)),
            }
        }
        directory::sync(to)?;
        Ok(survey.last_seq)
    }

    /// Records that were acknowledged and could not be decoded.
    fn quarantine(&self, to: &Path, entries: &mut Vec<Entry>) -> Result<(), Error> {
        let from = self.source.root.join("quarantine");
        if !from.exists() {
            return Ok(());
        }
        create(to)?;
        for path in files(&from)? {
            if path.extension().is_some_and(|it| it == "tmp") {
                continue;
            }
            let to = to.join(path.file_name().unwrap_or_default());
            let copied = copy(&path, &to, u64::MAX, None)?;
            entries.push(self.entry(&to, copied));
        }
        directory::sync(to)
    }

    async fn catalog(&self, own: &Path, entries: &mut Vec<Entry>) -> Result<Named, Error> {
        let to = own.join("catalog.sqlite");
        let named = self.source.copy_catalog(&to).await?;
        self.made(&to, entries)?;
        Ok(named)
    }

    /// A file that something else has written.
    fn made(&self, path: &Path, entries: &mut Vec<Entry>) -> Result<(), Error> {
        let file = File::open(path).map_err(Error::io("open", path))?;
        file.sync_all().map_err(Error::io("sync", path))?;
        entries.push(self.entry(path, sum(path)?));
        Ok(())
    }

    /// What is in the data directory beside the store's own: tokens, and what datasets hold.
    async fn control(
        &self,
        own: &Path,
        elsewhere: &impl AsyncFn(&Path) -> Result<(), String>,
        entries: &mut Vec<Entry>,
    ) -> Result<(), Error> {
        let root = self.source.root;
        let (from, to) = (root.join(CONTROL), own.join(CONTROL));
        if self.source.has_control_elsewhere() {
            let copied = elsewhere(&to).await;
            copied.map_err(|problem| Error::Place {
                what: "control data",
                place: self.source.catalog.display().to_string(),
                problem,
            })?;
        } else if directory::lost_control(root) {
            let damage = "it is not there".to_owned();
            return Err(Error::Damaged { path: from, damage });
        } else if from.exists() {
            copy_sqlite(&from, &to).await?;
            keep_private(&to)?;
        } else {
            return Ok(());
        }
        self.made(&to, entries)
    }

    async fn data_files(
        &self,
        files: &[NamedFile],
        entries: &mut Vec<Entry>,
        done: &mut Backup,
        each: &mut impl FnMut(Progress),
    ) -> Result<(), Error> {
        let mut progress = Progress::of(files);
        let mut directories: HashSet<PathBuf> = HashSet::new();
        for file in files {
            let to = self.target.join("data").join(&file.path);
            if let Some(parent) = to.parent().filter(|parent| !directories.contains(*parent)) {
                create(parent)?;
                directories.insert(parent.to_owned());
            }
            let copied = match self.known(&to, file)? {
                Some(known) => known,
                None => {
                    let copied = self.source.copy_file(file, &to).await?;
                    let Some(copied) = copied else {
                        return Err(self.vanished(file).await?);
                    };
                    done.copied_files += 1;
                    done.copied_bytes += copied.bytes;
                    copied
                }
            };
            if copied.bytes != file.bytes {
                let damage = format!("it has {} bytes, not {}", copied.bytes, file.bytes);
                let path = self.source.shown(file);
                return Err(Error::Damaged { path, damage });
            }
            entries.push(self.entry(&to, copied));
            done.files += 1;
            done.bytes += file.bytes;
            progress.did(file);
            each(progress);
        }
        directories.iter().try_for_each(|it| directory::sync(it))
    }

    /// The file, if a backup before has it already, byte for byte.
    fn known(&self, to: &Path, file: &NamedFile) -> Result<Option<Whole>, Error> {
        if !fs::metadata(to).is_ok_and(|found| found.len() == file.bytes) {
            return Ok(None);
        }
        let Some(sums) = &file.sums else {
            let found = sum(to)?;
            let entry = self.entry(to, found);
            let is_known = |before: &Manifest| before.entries.contains(&entry);
            return Ok(self.before.is_some_and(is_known).then_some(found));
        };
        let mut found = Whole::default();
        let mut read = File::open(to).map_err(Error::io("open", to))?;
        let checked = sums.read(&mut read, |bytes| found.add(bytes));
        let checked = checked.map_err(Error::io("read", to))?;
        Ok(checked.is_ok().then_some(found))
    }

    /// Why a data file is not there: a server deleted it, or it is lost.
    async fn vanished(&self, file: &NamedFile) -> Result<Error, Error> {
        let path = self.source.shown(file);
        Ok(match self.source.names(file).await? {
            true => Error::Damaged {
                path,
                damage: "it is not there".to_owned(),
            },
            false => Error::Vanished { path },
        })
    }

    fn entry(&self, path: &Path, read: Whole) -> Entry {
        let path = path.strip_prefix(self.target).unwrap_or(path);
        Entry {
            path: path.display().to_string(),
            bytes: read.bytes,
            crc: read.crc,
        }
    }

    /// Removes what only backups before had.
    fn tidy(&self, manifest: &Manifest) -> Result<(), Error> {
        let kept: HashSet<PathBuf> = manifest
            .entries
            .iter()
            .map(|entry| self.target.join(&entry.path))
            .collect();
        for entry in fs::read_dir(self.target).map_err(Error::io("read", self.target))? {
            let path = entry.map_err(Error::io("read", self.target))?.path();
            let name = path.file_name().and_then(|name| name.to_str());
            let number = name.and_then(|name| name.parse::<u64>().ok());
            if number.is_some_and(|number| number != self.generation) {
                fs::remove_dir_all(&path).map_err(Error::io("remove", &path))?;
            }
        }
        let data = self.target.join("data");
        if !data.exists() {
            return Ok(());
        }
        for path in verify::list(&data)?.into_iter().map(|path| data.join(path)) {
            if !kept.contains(&path) {
                fs::remove_file(&path).map_err(Error::io("remove", &path))?;
            }
        }
        Ok(())
    }
}
