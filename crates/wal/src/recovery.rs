//! What is found at open: the last record, and a torn tail to cut.
//!
//! Only the newest segment is read, so opening takes the same time whatever the log's size; the older
//! ones are checked by replay.

use crate::scan::Scan;
use crate::segment::Segment;
use crate::{Error, quarantine};
use std::fs::File;
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
}

/// Finds the end of the log and cuts a torn tail. The second value is the newest segment's epoch.
pub(crate) fn recover(
    segments: &[Segment],
    quarantine_dir: Option<&Path>,
) -> Result<(Recovery, u64), Error> {
    let (Some(oldest), Some(newest)) = (segments.first(), segments.last()) else {
        return Ok((
            Recovery {
                first_seq: 1,
                ..Recovery::default()
            },
            0,
        ));
    };
    let mut scan = Scan::open(newest)?;
    let mut last_seq = newest.first_seq.saturating_sub(1);
    while let Some(record) = scan.next()? {
        last_seq = record.seq;
        scan.take_skipped_bytes();
    }
    let truncated_bytes = scan.take_skipped_bytes();
    if truncated_bytes > 0 {
        // A segment without even a head is replaced as a whole.
        let is_whole = scan.epoch.is_none() && last_seq < newest.first_seq;
        let from = if is_whole { 0 } else { scan.end() };
        quarantine::keep(newest, from..from + truncated_bytes, quarantine_dir);
    }
    if scan.end() < scan.file_bytes() {
        cut(newest, scan.end())?;
    }
    let recovery = Recovery {
        first_seq: oldest.first_seq,
        last_seq,
        segments: segments.len(),
        truncated_bytes,
    };
    // With a damaged head the epoch is unknown; its only use is to tell openings apart.
    Ok((recovery, scan.epoch.unwrap_or(last_seq)))
}

/// Once newer segments exist, a torn tail here would look like damage: so it goes before they come.
fn cut(segment: &Segment, bytes: u64) -> Result<(), Error> {
    let path = &segment.path;
    let file = File::options()
        .write(true)
        .open(path)
        .map_err(Error::io("open", path))?;
    file.set_len(bytes).map_err(Error::io("truncate", path))?;
    file.sync_all().map_err(Error::io("sync", path))
}
