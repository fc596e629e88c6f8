//! A copy of a data directory, taken while a server runs: `throughline backup`; and the way back: `throughline
//! restore`.
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

/// Whether a backup has what its MANIFEST says.
mod check;
/// What a backup holds.
mod manifest;
/// Backup → a new data directory.
mod restore;

pub(crate) use check::check;
pub use restore::{Restored, restore};

use crate::catalog::{Audit, Named, NamedFile, check_frames, check_local, copy_sqlite};
use crate::data_file::sums::Sums;
use crate::verify::{self, Progress, Report};
use crate::{Error, directory};
use manifest::{Entry, Manifest};
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use wal::Survey;

/// Not the store's own: the control data, which lies in the data directory as well.
const CONTROL: &str = "control.sqlite";
/// Marks a place as one for backups, and is locked by the one that is being taken.
const LOCK: &str = "throughline-backup";
/// So often a copy begins again when a server deleted what it wanted to copy.
const TRIES: usize = 3;
const STRETCH_BYTES: usize = 1 << 20;

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
    mut each: impl FnMut(Progress),
) -> Result<Backup, Error> {
    let Some(version) = directory::version(root)? else {
        directory::refuse_store(root)?;
        let path = root.to_owned();
        return Err(Error::NoDirectory { path });
    };
    check_frames(&root.join("catalog.sqlite"))?;
    check_local(root).await?;
    let (target, _lock) = &claim(root, target)?;
    let before = Manifest::read(target)?;
    let mut tries = 1;
    loop {
        let copy = Copy {
            root,
            target,
            before: before.as_ref(),
            generation: before.as_ref().map_or(1, |before| before.generation + 1),
        };
        match copy.run(version, now_nanos, &mut each).await {
            Err(Error::Vanished { .. }) if tries < TRIES => tries += 1,
            done => return done,
        }
    }
}

/// Whether this is a place of backups, with or without one that is finished.
pub(crate) fn is_place(path: &Path) -> bool {
    [manifest::NAME, LOCK]
        .iter()
        .any(|it| path.join(it).exists())
}

/// The hashes of tokens are in it.
fn keep_private(control: &Path) -> Result<(), Error> {
    let mode = fs::Permissions::from_mode(0o600);
    fs::set_permissions(control, mode).map_err(Error::io("change the mode of", control))
}

/// Makes the directory if there is none. It has to be empty, or a place of backups, and not in `root`.
fn claim(root: &Path, target: &Path) -> Result<(PathBuf, File), Error> {
    let root = fs::canonicalize(root).map_err(Error::io("find", root))?;
    let is_new = !target.exists();
    fs::create_dir_all(target).map_err(Error::io("create", target))?;
    let target = fs::canonicalize(target).map_err(Error::io("find", target))?;
    if target.starts_with(&root) {
        if is_new {
            let _ = fs::remove_dir(&target);
        }
        return Err(Error::NotEmpty {
            path: target,
            reason: "it is in the data directory; name one outside, on another disk if there is one",
        });
    }
    target.parent().map_or(Ok(()), directory::sync)?;
    let mark = target.join(LOCK);
    let mut entries = fs::read_dir(&target).map_err(Error::io("read", &target))?;
    if !mark.exists() && entries.next().is_some() {
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
    root: &'a Path,
    target: &'a Path,
    before: Option<&'a Manifest>,
    generation: u64,
}

impl Copy<'_> {
    async fn run(
        &self,
        version: &str,
        now_nanos: i64,
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
        let log_seq = self.log(&own.join("wal"), &mut entries)?;
        self.quarantine(&own.join("quarantine"), &mut entries)?;
        let mut named = self.catalog(&own, &mut entries).await?;
        named.store = identity(self.root, &named.store)?;
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
            let (path, damage) = (self.root.join("wal"), found.what);
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
        self.control(&own, &mut entries).await?;
        directory::sync(&own)?;
        directory::sync(self.target)?;
        let manifest = Manifest {
            generation: self.generation,
            version: version.to_owned(),
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
    fn log(&self, to: &Path, entries: &mut Vec<Entry>) -> Result<u64, Error> {
        create(to)?;
        let survey = Survey::of(&self.root.join("wal"))?;
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
        let from = self.root.join("quarantine");
        if !from.exists() {
            return Ok(());
        }
        create(to)?;
        for file in fs::read_dir(&from).map_err(Error::io("read", &from))? {
            let path = file.map_err(Error::io("read", &from))?.path();
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
        let from = self.root.join("catalog.sqlite");
        let to = own.join("catalog.sqlite");
        let mut source = Audit::open(&from).await?;
        source.copy_to(&to).await?;
        source.close().await?;
        let mut audit = Audit::open(&to).await?;
        if let Some(damage) = audit.damage().await?.into_iter().next() {
            return Err(Error::Damaged { path: from, damage });
        }
        let named = audit.named().await?;
        audit.close().await?;
        let file = File::open(&to).map_err(Error::io("open", &to))?;
        file.sync_all().map_err(Error::io("sync", &to))?;
        let read = sum(&to)?;
        entries.push(self.entry(&to, read));
        Ok(named)
    }

    /// What is in the data directory beside the store's own: tokens, and what datasets hold.
    async fn control(&self, own: &Path, entries: &mut Vec<Entry>) -> Result<(), Error> {
        let from = self.root.join(CONTROL);
        if !from.exists() {
            return Ok(());
        }
        let to = own.join(CONTROL);
        copy_sqlite(&from, &to).await?;
        keep_private(&to)?;
        let file = File::open(&to).map_err(Error::io("open", &to))?;
        file.sync_all().map_err(Error::io("sync", &to))?;
        let read = sum(&to)?;
        entries.push(self.entry(&to, read));
        Ok(())
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
            let (from, to) = (
                self.root.join("data").join(&file.path),
                self.target.join("data").join(&file.path),
            );
            if let Some(parent) = to.parent().filter(|parent| !directories.contains(*parent)) {
                create(parent)?;
                directories.insert(parent.to_owned());
            }
            let copied = match self.known(&to, file)? {
                Some(known) => known,
                None => match copy(&from, &to, u64::MAX, file.sums.as_ref()) {
                    Err(Error::Io { source, .. }) if source.kind() == ErrorKind::NotFound => {
                        return Err(self.vanished(from, file).await?);
                    }
                    copied => {
                        let copied = copied?;
                        done.copied_files += 1;
                        done.copied_bytes += copied.bytes;
                        copied
                    }
                },
            };
            if copied.bytes != file.bytes {
                let damage = format!("it has {} bytes, not {}", copied.bytes, file.bytes);
                return Err(Error::Damaged { path: from, damage });
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
    async fn vanished(&self, path: PathBuf, file: &NamedFile) -> Result<Error, Error> {
        let mut audit = Audit::open(&self.root.join("catalog.sqlite")).await?;
        let named = audit.named().await?;
        let is_named = named.files.iter().any(|it| it.path == file.path);
        Ok(match is_named {
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

/// A file that was read from front to back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Whole {
    bytes: u64,
    /// CRC-32C of all of it.
    crc: u32,
}

impl Whole {
    fn add(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        self.crc = crc32c::crc32c_append(self.crc, bytes);
    }
}

fn create(directory: &Path) -> Result<(), Error> {
    fs::create_dir_all(directory).map_err(Error::io("create", directory))?;
    directory.parent().map_or(Ok(()), directory::sync)
}

/// The checksum of a file.
fn sum(path: &Path) -> Result<Whole, Error> {
    let file = File::open(path).map_err(Error::io("open", path))?;
    pour(file, path, u64::MAX, &mut io::sink())
}

/// Copies the first `bytes_max` bytes of a file, durably but for the directory's entry, and keeps its time, by which
/// retention goes. With `sums` it is compared with them on the way.
fn copy(from: &Path, to: &Path, bytes_max: u64, sums: Option<&Sums>) -> Result<Whole, Error> {
    let source = File::open(from).map_err(Error::io("open", from))?;
    let modified = source.metadata().and_then(|found| found.modified());
    let modified = modified.map_err(Error::io("read the time of", from))?;
    let temporary = to.with_extension("part");
    let mut target = File::create(&temporary).map_err(Error::io("create", &temporary))?;
    let read = pour(source, from, bytes_max, &mut target)?;
    if let Some(sums) = sums {
        // Of the copy: it is the copy that has to be right.
        let checked = sums.check_file(&temporary);
        let checked = checked.map_err(Error::io("read", &temporary))?;
        checked.map_err(|damage| Error::Damaged {
            path: from.to_owned(),
            damage: damage.to_string(),
        })?;
    }
    target
        .set_modified(modified)
        .map_err(Error::io("set the time of", &temporary))?;
    target.sync_all().map_err(Error::io("sync", &temporary))?;
    fs::rename(&temporary, to).map_err(Error::io("rename", &temporary))?;
    Ok(read)
}

fn pour(mut from: File, path: &Path, bytes_max: u64, to: &mut impl Write) -> Result<Whole, Error> {
    let mut stretch = vec![0; STRETCH_BYTES];
    let mut done = Whole::default();
    while done.bytes < bytes_max {
        let room = (bytes_max - done.bytes).min(STRETCH_BYTES as u64) as usize;
        let length = from
            .read(&mut stretch[..room])
            .map_err(Error::io("read", path))?;
        if length == 0 {
            break;
        }
        let read = &stretch[..length];
        to.write_all(read).map_err(Error::io("copy", path))?;
        done.add(read);
    }
    Ok(done)
}
