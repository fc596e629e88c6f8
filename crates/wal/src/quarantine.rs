//! A torn tail, kept aside before it is cut: a person may know better than the checksums.
//!
//! Bounded: a copy has the first [`COPY_BYTES_MAX`] bytes, and the newest [`COPIES_MAX`] copies stay.

use crate::disk::Disk;
use crate::segment::Segment;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};

const COPY_BYTES_MAX: u64 = 4 << 20;
const COPIES_MAX: usize = 16;

/// Copies `range` of `segment` to `dir`, and says so. That it could not be copied, as on a full disk, is
/// said too and does not keep the log from opening.
pub(crate) fn keep(disk: &Disk, segment: &Segment, range: Range<u64>, dir: Option<&Path>) {
    let (path, bytes) = (segment.path.display(), range.end - range.start);
    let at = range.start;
    match dir.map(|dir| copy(disk, segment, range, dir)) {
        None => tracing::warn!(%path, at, bytes, "cutting off a torn end of the log"),
        Some(Ok(copy)) => tracing::warn!(
            %path, at, bytes, copy = %copy.display(),
            "cutting off a torn end of the log; it is kept in quarantine"
        ),
        Some(Err(error)) => tracing::warn!(
            %path, at, bytes, %error,
            "cutting off a torn end of the log; it could not be kept in quarantine"
        ),
    }
}

fn copy(disk: &Disk, segment: &Segment, range: Range<u64>, dir: &Path) -> io::Result<PathBuf> {
    disk.create_directory(dir)?;
    let name = format!("wal-{:020}-{:012}.torn", segment.first_seq, range.start);
    let path = dir.join(name);
    let mut from = disk.open(&segment.path)?;
    from.seek(SeekFrom::Start(range.start))?;
    let mut to = disk.create(&path)?;
    let bytes = (range.end - range.start).min(COPY_BYTES_MAX);
    io::copy(&mut from.take(bytes), &mut to)?;
    to.sync()?;
    disk.sync_directory(dir)?;
    remove_oldest(disk, dir)?;
    Ok(path)
}

fn remove_oldest(disk: &Disk, dir: &Path) -> io::Result<()> {
    let is_copy = |path: &PathBuf| path.extension().is_some_and(|it| it == "torn");
    let mut copies: Vec<_> = disk.list(dir)?.into_iter().filter(is_copy).collect();
    // By name, and so by number.
    copies.sort_unstable();
    let old = copies.len().saturating_sub(COPIES_MAX);
    copies
        .iter()
        .take(old)
        .try_for_each(|path| disk.remove(path))
}
