//! Whether a backup has what its MANIFEST says: what `verify` asks of all its files where they are, and `restore` of
//! each that it has copied.

use super::file::{Whole, sum};
use super::manifest::{Entry, Manifest};
use crate::Error;
use crate::verify::{Log, Progress, Report, Trouble};
use std::path::Path;

const ANEW: &str = "take the backup anew, or use another; `throughline restore` ends at this file";
/// Another backup that is taken at the same place removes what only this one had.
const TRIES: usize = 3;

/// Compares every file of the backup in `place` with its checksum. `each` is told after each.
///
/// # Errors
/// `Invalid` when there is no backup that was finished, `Unavailable` when the disk does not answer.
pub(crate) fn check(place: &Path, each: &mut impl FnMut(Progress)) -> Result<Report, Error> {
    let mut tries = 1;
    loop {
        let manifest = match Manifest::of(place) {
            Err(Error::BackupDamaged { path, damage, .. }) => {
                let mut report = Report::default();
                report.damage(&path, damage, ANEW);
                return Ok(report);
            }
            manifest => manifest?,
        };
        let report = compare(place, &manifest, each)?;
        let is_over = || Manifest::of(place).is_ok_and(|now| now == manifest);
        if report.is_clean() || tries == TRIES || is_over() {
            return Ok(report);
        }
        tries += 1;
    }
}

fn compare(
    place: &Path,
    manifest: &Manifest,
    each: &mut impl FnMut(Progress),
) -> Result<Report, Error> {
    let mut report = Report {
        backup: Some(manifest.generation),
        ..Report::default()
    };
    let mut progress = manifest.progress();
    for entry in &manifest.entries {
        let path = place.join(&entry.path);
        if let Err(trouble) = matches(&path, entry)? {
            report.trouble(&path, trouble, ANEW);
        }
        if entry.is_data_file() {
            report.files += 1;
            report.bytes += entry.bytes;
        }
        progress.files += 1;
        progress.bytes += entry.bytes;
        each(progress);
    }
    let own = place.join(manifest.generation.to_string());
    match Log::read(&own.join("wal")) {
        Ok(log) => log.count(&mut report),
        Err(error) if report.is_clean() => return Err(error),
        // What is wrong with it is told already.
        Err(_) => {}
    }
    Ok(report)
}

/// Whether a file has the entry's bytes.
pub(super) fn matches(path: &Path, entry: &Entry) -> Result<Result<(), Trouble>, Error> {
    let found = match sum(path) {
        Err(Error::Io { source, .. }) => return Ok(Err(source.into())),
        found => found?,
    };
    let Entry { bytes, crc, .. } = *entry;
    Ok(match found == (Whole { bytes, crc }) {
        true => Ok(()),
        false if found.bytes != bytes => {
            let found = found.bytes;
            Err(Trouble::Wrong(format!("it has {found} bytes, not {bytes}")))
        }
        false => Err(Trouble::Wrong("it does not match its checksum".to_owned())),
    })
}
