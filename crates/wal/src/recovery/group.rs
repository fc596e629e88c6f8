//! What is wrong with the last group, and what becomes of it.
//!
//! The pages of one write reach the disk in any order. So a record of the last group may be missing
//! though later ones are there; nobody was promised it, since the sync did not return. Its place is
//! marked as void, so that it is not taken for damage once there are later groups. If something was
//! written behind the group, its sync did return: then what is missing of it was acknowledged, and
//! replay reports it.

use crate::Error;
use crate::disk::File;
use crate::format::{RECORD_HEAD_BYTES, RecordHead, Void};
use crate::scan::Mark;
use std::io::{IoSlice, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;

/// More bad stretches in one group are reported as damage.
const VOIDS_MAX: usize = 4096;
const CHUNK_BYTES: u64 = 1 << 20;

/// The newest group of a segment, as far as it was read.
#[derive(Debug)]
pub(super) struct LastGroup {
    /// Where its first record was found.
    at: u64,
    first_seq: u64,
    /// Where its last record ends, or should.
    end: u64,
    /// Where something is missing, and how that will be marked.
    voids: Vec<(u64, Void)>,
}

impl LastGroup {
    pub(super) fn new(start: Mark) -> Self {
        Self {
            at: start.at,
            first_seq: start.seq,
            end: start.at,
            voids: Vec::new(),
        }
    }

    /// The next record, where it is, and where the bad stretch before it began.
    pub(super) fn add(&mut self, record: RecordHead, at: u64, gap: Option<Mark>) {
        let first_seq = record.seq.saturating_sub(record.before.into());
        if first_seq > self.first_seq {
            // The one before is complete, or else damaged: this one was begun after its sync.
            *self = Self::new(Mark {
                at: gap.map_or(at, |gap| gap.at),
                seq: first_seq,
            });
        }
        let head_bytes = RECORD_HEAD_BYTES as u64;
        self.end = at + head_bytes + u64::from(record.len) + u64::from(record.after);
        let Some(gap) = gap else {
            return;
        };
        // What is missing before this group is damage, in any case.
        let seq = gap.seq.max(first_seq);
        let len = (at - gap.at).checked_sub(head_bytes);
        if let (Ok(count @ 1..), Some(Ok(len))) = (
            u32::try_from(record.seq.saturating_sub(seq)),
            len.map(u32::try_from),
        ) && self.voids.len() < VOIDS_MAX
        {
            self.voids.push((gap.at, Void { seq, count, len }));
        }
    }

    /// What was found to be missing at an earlier opening, or the end.
    pub(super) fn pass(&mut self, void: Void) {
        if void.count == 0 {
            self.voids.clear();
        }
    }

    /// Where the segment's last byte is that is not zero.
    pub(super) fn end_at(&mut self, nonzero_end: u64) {
        if nonzero_end > self.end || model::planted::bug("wal_no_void") {
            self.voids.clear();
        }
    }

    pub(super) fn torn_records(&self) -> u64 {
        let counts = self.voids.iter().map(|(_, void)| u64::from(void.count));
        counts.sum()
    }

    pub(super) fn torn_bytes(&self) -> impl Iterator<Item = Range<u64>> {
        let head_bytes = RECORD_HEAD_BYTES as u64;
        let voids = self.voids.iter();
        voids.map(move |(at, void)| *at..at + head_bytes + u64::from(void.len))
    }

    /// Marks what is missing, and writes the group once more: after a sync that failed the kernel holds
    /// pages that it takes for written, and only a new write makes the next sync mean something.
    pub(super) fn settle(
        &self,
        file: &mut File,
        path: &Path,
        salt: u64,
        end: u64,
    ) -> Result<(), Error> {
        for (at, void) in &self.voids {
            write_at(file, path, *at, &void.encode(salt))?;
        }
        let mut at = self.at;
        let mut chunk = Vec::new();
        while at < end {
            chunk.resize((end - at).min(CHUNK_BYTES) as usize, 0);
            file.seek(SeekFrom::Start(at))
                .and_then(|_| file.read_exact(&mut chunk))
                .map_err(Error::io("read", path))?;
            write_at(file, path, at, &chunk)?;
            at += chunk.len() as u64;
        }
        Ok(())
    }
}

fn write_at(file: &mut File, path: &Path, at: u64, bytes: &[u8]) -> Result<(), Error> {
    file.seek(SeekFrom::Start(at))
        .and_then(|_| file.write_slices(&mut [IoSlice::new(bytes)]))
        .map_err(Error::io("write", path))
}
