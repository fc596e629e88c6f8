//! Data files that no commit names, as a crash leaves them: removed, or kept for a person.
//!
//! Of flushes they are files above the commit's position, whose rows the log gives again; of compactions files that
//! are not named, whose rows their inputs have.

use crate::Error;
use crate::catalog::{Snapshot, Table};
use crate::data_file;
use crate::place::Place;
use std::collections::HashSet;
use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::Arc;

/// What is known at open, beside the files.
pub(crate) struct Known<'a> {
    pub(crate) snapshot: &'a Snapshot,
    /// All files that the catalog names.
    pub(crate) named: &'a HashSet<String>,
    /// The numbers that the log has.
    pub(crate) log: RangeInclusive<u64>,
    /// Where a log that is lost ended, as far as it was committed.
    pub(crate) lost_after: Option<u64>,
}

/// What becomes of a file that no commit names.
enum Fate {
    Removed,
    Kept,
}

/// Removes what was cut short before its commit, and takes what may be the only copy of its rows to `quarantine`.
///
/// # Errors
/// `Corrupt` for a file of a flush that the log does not cover: it has rows that neither catalog nor log know.
pub(crate) async fn sweep(
    place: &Place,
    quarantine: &Path,
    known: &Known<'_>,
) -> Result<(), Error> {
    let mut leftovers = Vec::new();
    for path in place.list().await? {
        let Some(range) =
            data_file::range(Path::new(&path)).filter(|_| !known.named.contains(&path))
        else {
            continue;
        };
        match fate(place, known, &path, &range).await? {
            Fate::Removed => leftovers.push(path),
            Fate::Kept => place.set_aside(&path, quarantine).await?,
        }
    }
    place.remove(leftovers).await
}

async fn fate(
    place: &Place,
    known: &Known<'_>,
    path: &str,
    range: &RangeInclusive<u64>,
) -> Result<Fate, Error> {
    let log = &known.log;
    if known.lost_after.is_some_and(|last| *range.start() > last) {
        return Ok(Fate::Kept);
    }
    if *range.start() <= known.snapshot.wal_seq {
        return Ok(match has_rows_elsewhere(place, known, path, range).await? {
            true => Fate::Removed,
            false => Fate::Kept,
        });
    }
    match (log.contains(range.start()), log.contains(range.end())) {
        (true, true) => Ok(Fate::Removed),
        // The log lost its end to the same crash: what the file has of it is kept for a person.
        (true, false) => Ok(Fate::Kept),
        (false, _) => Err(Error::Mismatch {
            path: place.shown(""),
            reason: format!(
                "neither the catalog nor the log has the rows of {}",
                place.shown(path).display()
            ),
        }),
    }
}

/// Whether the files that a compaction read are there still, or are no longer wanted. They are not where a
/// catalog was put back that is older than the files.
async fn has_rows_elsewhere(
    place: &Place,
    known: &Known<'_>,
    path: &str,
    range: &RangeInclusive<u64>,
) -> Result<bool, Error> {
    let path = Path::new(path);
    if path.extension().is_some_and(|it| it == "tmp") {
        return Ok(true);
    }
    if *range.end() > known.snapshot.wal_seq && !known.log.contains(range.end()) {
        return Ok(false);
    }
    let in_directory = |table: &&Arc<Table>| Some(Path::new(&table.path)) == path.parent();
    let tables = known.snapshot.tables.values().filter(in_directory);
    for table in tables {
        for file in &table.files {
            let of_input = data_file::range(Path::new(&file.path));
            let is_input =
                of_input.is_some_and(|it| range.contains(it.start()) && range.contains(it.end()));
            if is_input
                && !place
                    .exists(&format!("{}{}", table.path, file.path))
                    .await?
            {
                return Ok(false);
            }
        }
    }
    Ok(true)
}
