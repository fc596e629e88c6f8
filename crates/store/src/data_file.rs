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
use crate::directory;
use std::fs;
use std::io::ErrorKind;
use std::ops::RangeInclusive;
use std::path::Path;
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
