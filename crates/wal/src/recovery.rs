//! What is found at open: the last record, and a torn tail to cut.
//!
//! Only the newest segment is looked at, and of it the heads and the last group, so opening takes the
//! same time whatever the log's size; everything else is checked by replay.

/// What is wrong with the last group, and what becomes of it.
mod group;

use crate::disk::{Disk, File};
use crate::format::{Format, Head, SEQ_MAX};
use crate::scan::{Mark, Scan};
use crate::segment::{self, Segment, Stamp};
use crate::{Error, quarantine};
use group::LastGroup;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::path::Path;

/// What [`Wal::open`](crate::Wal::open) found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovery {
    /// The oldest number that may still be in the log; one more than `last_seq` when it is empty.
    pub first_seq: u64,
    /// The newest number; 0 before the first append ever.
    pub last_seq: u64,
    /// Segments found.
    pub segments: usize,
    /// Bytes behind the last intact record, now removed: a write that a crash cut short and that was
    /// never acknowledged, or, which looks the same, a last record that rotted.
    pub truncated_bytes: u64,
    /// Records missing of the last group though later ones of it are there: they did not reach the disk
    /// before a crash and were never acknowledged, or, which looks the same, they rotted.
    pub torn_records: u64,
}

/// Finds the end of the log, cuts a torn tail, and makes what is left durable. The second value is what
/// the newest segment's head says.
pub(crate) fn recover(
    disk: &Disk,
    segments: &[Segment],
    quarantine_dir: Option<&Path>,
) -> Result<(Recovery, Stamp), Error> {
    let salt = salt(disk, segments)?;
    let (Some(oldest), Some(newest)) = (segments.first(), segments.last()) else {
        let first_seq = 1;
        let recovery = Recovery {
            first_seq,
            ..Recovery::default()
        };
        let salt = salt.unwrap_or_else(draw);
        return Ok((recovery, Stamp { epoch: 0, salt }));
    };
    let mut scan = Scan::open(disk, newest, salt, SEQ_MAX)?;
    let head_bytes = scan.take_skipped_bytes();
    let start = match scan.format {
        Format::V1 => scan.mark,
        Format::V2 { .. } => last_group(&mut scan)?,
    };
    scan.go(start)?;
    let mut group = LastGroup::new(start);
    while let Some(found) = scan.next()? {
        match found.head {
            Head::Record(record) => group.add(record, found.at, scan.gap),
            Head::Void(void) => group.pass(void),
        }
        scan.take_skipped_bytes();
    }
    let mut truncated_bytes = scan.take_skipped_bytes();
    let (end, last_seq) = (scan.mark.at, scan.mark.seq.saturating_sub(1));
    group.end_at(end + truncated_bytes);
    let mut from = end;
    if head_bytes > 0 && last_seq < newest.first_seq {
        // A segment without even a head is replaced as a whole.
        (from, truncated_bytes) = (0, truncated_bytes + head_bytes);
    }
    if truncated_bytes > 0 {
        let torn = from..from + truncated_bytes;
        quarantine::keep(disk, newest, torn, quarantine_dir);
    }
    for torn in group.torn_bytes() {
        quarantine::keep(disk, newest, torn, quarantine_dir);
    }
    let mut file = disk
        .open_to_write(&newest.path)
        .map_err(Error::io("open", &newest.path))?;
    cut(&mut file, &newest.path, end)?;
    if let Format::V2 { salt } = scan.format {
        group.settle(&mut file, &newest.path, salt, end)?;
    }
    // What is served from now on must outlast a loss of power, even if nobody was promised it.
    file.sync().map_err(Error::io("sync", &newest.path))?;
    let recovery = Recovery {
        first_seq: oldest.first_seq,
        last_seq,
        segments: segments.len(),
        truncated_bytes,
        torn_records: group.torn_records(),
    };
    // With a damaged head the epoch is unknown; its only use is to tell openings apart.
    let epoch = scan.epoch.unwrap_or(last_seq);
    let salt = salt.unwrap_or_else(draw);
    Ok((recovery, Stamp { epoch, salt }))
}

/// Where the newest group whose first head is intact begins.
fn last_group(scan: &mut Scan) -> Result<Mark, Error> {
    let (mut start, mut here, mut first_seq) = (scan.mark, scan.mark, None);
    while let Some(head) = scan.next_head()? {
        let group = match head {
            Head::Record(record) => Some(record.seq.saturating_sub(u64::from(record.before))),
            // Nothing before an end is in doubt.
            Head::Void(void) if void.count == 0 => Some(void.seq),
            Head::Void(_) => first_seq,
        };
        if group != first_seq {
            (start, first_seq) = (scan.gap.unwrap_or(here), group);
        }
        here = scan.mark;
    }
    Ok(start)
}

/// Once newer segments exist, a torn tail here would look like damage: so it goes before they come.
fn cut(file: &mut File, path: &Path, bytes: u64) -> Result<(), Error> {
    let file_bytes = file.file_bytes().map_err(Error::io("read", path))?;
    if bytes < file_bytes {
        file.set_len(bytes).map_err(Error::io("truncate", path))?;
    }
    Ok(())
}

/// The log's salt, of the newest segment that has one. Older ones are asked only when heads are damaged.
pub(crate) fn salt(disk: &Disk, segments: &[Segment]) -> Result<Option<u64>, Error> {
    for Segment { path, .. } in segments.iter().rev() {
        let mut file = disk.open(path).map_err(Error::io("open", path))?;
        match segment::read_head(&mut file, path)?.map(|head| head.format) {
            Some(Format::V2 { salt }) => return Ok(Some(salt)),
            // There is none before the upgrade.
            Some(Format::V1) => return Ok(None),
            None => {}
        }
    }
    Ok(None)
}

/// A salt that nobody can guess. Nothing that the log does depends on it, so it does not come in by the
/// door of chance; the standard library's hasher is seeded by the system.
fn draw() -> u64 {
    // The lower half is never 0, so that no run of zeros is a head.
    RandomState::new().build_hasher().finish() | 1
}
