//! Parquet: order, layout and durable writing of one data file.
//!
//! A file's name is the range of the log that it covers, so a flush that a crash cut short is repeated
//! under the same name or leaves a file that is recognised as a leftover.

/// One column of one row group: pages, compressed.
mod chunk;
/// Parquet's encodings of numbers.
mod encode;
/// Where a file's traces and custom values are.
pub(crate) mod index;
/// Custom attributes by key.
mod keys;
/// Values of one leaf column → pages.
mod leaf;
/// Maps of text to text as two leaf columns.
mod maps;
/// Many files → one, a stretch of rows at a time.
mod merge;
/// In which order a file has its rows.
mod order;
/// The rows of many batches as columns.
mod rows;
/// The checksums of a file's blocks.
pub(crate) mod sums;
/// One file, durably.
mod write;
/// Rows → the content of one file.
mod writer;

pub(crate) use keys::Chosen;
pub(crate) use merge::{Source, merge};
pub(crate) use write::{Written, write};

use crate::Error;
use crate::catalog::{Snapshot, Table};
use crate::directory;
use std::collections::HashSet;
use std::fs;
use std::io::ErrorKind;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// The name of the file that covers these numbers of the log.
pub(crate) fn name(range: &RangeInclusive<u64>) -> String {
    format!("{:012}-{:012}.parquet", range.start(), range.end())
}

/// The numbers of the log that a file of ours (or its temporary) covers.
pub(crate) fn range(path: &Path) -> Option<RangeInclusive<u64>> {
    let (range, rest) = path.file_name()?.to_str()?.split_once('.')?;
    let (first, last) = range.split_once('-')?;
    let is_ours = matches!(rest, "parquet" | "parquet.tmp");
    is_ours.then_some(first.parse().ok()?..=last.parse().ok()?)
}

/// Removes what was cut short before its commit. Of flushes that are files above the commit's position,
/// whose rows the log (which has the numbers in `log`) gives again; of compactions files that are not `named`.
///
/// # Errors
/// `Corrupt` for such a file that the log does not cover: it has rows that neither catalog nor log know.
pub(crate) fn sweep(
    data: &Path,
    quarantine: &Path,
    snapshot: &Snapshot,
    named: &HashSet<String>,
    log: &RangeInclusive<u64>,
) -> Result<(), Error> {
    let mut leftovers = Vec::new();
    for dataset in fs::read_dir(data).map_err(Error::io("read", data))? {
        let dataset = dataset.map_err(Error::io("read", data))?.path();
        if !dataset.is_dir() {
            continue;
        }
        let is_named = |path: &Path| {
            let below = path.strip_prefix(data).ok().and_then(Path::to_str);
            below.is_none_or(|below| named.contains(below))
        };
        for file in fs::read_dir(&dataset).map_err(Error::io("read", &dataset))? {
            let path = file.map_err(Error::io("read", &dataset))?.path();
            let Some(range) = range(&path).filter(|_| !is_named(&path)) else {
                continue;
            };
            if *range.start() <= snapshot.wal_seq {
                match has_rows_elsewhere(&path, &range, snapshot, log) {
                    true => leftovers.push(path),
                    false => set_aside(&path, quarantine)?,
                }
                continue;
            }
            if log.contains(range.start()) && !log.contains(range.end()) {
                // The log lost its end to the same crash: what the file has of it is kept for a person.
                set_aside(&path, quarantine)?;
                continue;
            }
            if !log.contains(range.start()) {
                let reason = format!(
                    "neither the catalog nor the log has the rows of {}",
                    path.display()
                );
                return Err(Error::Mismatch {
                    path: data.to_owned(),
                    reason,
                });
            }
            leftovers.push(path);
        }
    }
    leftovers.iter().try_for_each(|path| remove(path))
}

/// Whether the files that a compaction read are there still, or are no longer wanted. They are not where a
/// catalog was put back that is older than the files.
fn has_rows_elsewhere(
    path: &Path,
    range: &RangeInclusive<u64>,
    snapshot: &Snapshot,
    log: &RangeInclusive<u64>,
) -> bool {
    if path.extension().is_some_and(|it| it == "tmp") {
        return true;
    }
    let directory = path.parent();
    let in_directory = |table: &&Arc<Table>| {
        let name = directory.and_then(Path::file_name);
        name.is_some_and(|name| Path::new(&table.path) == Path::new(name))
    };
    let mut inputs = snapshot
        .tables
        .values()
        .filter(in_directory)
        .flat_map(|table| &table.files)
        .filter(|file| {
            let of_input = self::range(Path::new(&file.path));
            of_input.is_some_and(|it| range.contains(it.start()) && range.contains(it.end()))
        });
    (*range.end() <= snapshot.wal_seq || log.contains(range.end()))
        && inputs.all(|file| directory.is_some_and(|it| it.join(&file.path).exists()))
}

fn set_aside(path: &Path, quarantine: &Path) -> Result<(), Error> {
    let name = path.file_name().unwrap_or_default();
    let kept = quarantine.join(name);
    tracing::error!(
        from = %path.display(),
        to = %kept.display(),
        "a data file that was not committed has rows that are nowhere else; it is kept in quarantine"
    );
    fs::create_dir_all(quarantine).map_err(Error::io("create", quarantine))?;
    fs::rename(path, &kept).map_err(Error::io("rename", path))?;
    directory::sync(quarantine)?;
    path.parent().map_or(Ok(()), directory::sync)
}

/// Removes those of `files` that begin above the commit's position; the others are committed.
pub(crate) fn remove_uncommitted(files: &[PathBuf], committed_seq: u64) -> Result<(), Error> {
    let is_uncommitted =
        |path: &&PathBuf| range(path).is_some_and(|range| *range.start() > committed_seq);
    files
        .iter()
        .filter(is_uncommitted)
        .try_for_each(|path| remove(path))
}

/// When a data file was written, by the store's clock; later for one that was copied since.
pub(crate) fn written_nanos(path: &Path) -> Option<i64> {
    let modified = fs::metadata(path).ok()?.modified().ok()?;
    let since = modified.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    Some(crate::config::nanos(since))
}

/// Removes a file durably; one that is gone is no error.
pub(crate) fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        removed => removed.map_err(Error::io("remove", path))?,
    }
    path.parent().map_or(Ok(()), directory::sync)
}
