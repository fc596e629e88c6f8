//! Reading a whole log in order, and reporting damage.

use crate::scan::{Record, Scan};
use crate::segment::Segment;
use crate::{Damage, Error};
use bytes::Bytes;
use std::collections::VecDeque;
use std::path::PathBuf;

/// Records in order, read from disk one at a time. Damage is an item of its own
/// ([`Error::Damaged`]), after which the next intact records follow; any other error is the last item.
pub struct Replay {
    /// Segments not opened yet, oldest first.
    waiting: VecDeque<Segment>,
    current: Option<(PathBuf, Scan)>,
    /// The next number to yield.
    expected_seq: u64,
    /// The last number that was in the log when the replay began.
    through_seq: u64,
    /// Bytes passed over since the last intact record, in whichever segment.
    skipped_bytes: u64,
    /// An intact record found behind damage, to be yielded after the report.
    held: Option<(u64, Bytes)>,
}

impl Replay {
    pub(crate) fn new(segments: &[Segment], after_seq: u64, through_seq: u64) -> Self {
        // A segment is of no interest when the next one starts at or before the first number asked for.
        let skip = segments
            .iter()
            .skip(1)
            .take_while(|next| next.first_seq <= after_seq + 1)
            .count();
        let first_seq = segments.get(skip).map_or(1, |segment| segment.first_seq);
        Self {
            waiting: segments.iter().skip(skip).cloned().collect(),
            current: None,
            expected_seq: first_seq.max(after_seq + 1),
            through_seq,
            skipped_bytes: 0,
            held: None,
        }
    }

    fn step(&mut self) -> Result<Option<(u64, Bytes)>, Error> {
        if let Some(record) = self.held.take() {
            return Ok(Some(record));
        }
        while self.expected_seq <= self.through_seq {
            if self.current.is_none() {
                let Some(segment) = self.waiting.pop_front() else {
                    return self.end();
                };
                self.current = Some((segment.path.clone(), Scan::open(&segment)?));
            }
            let Some((path, scan)) = &mut self.current else {
                continue;
            };
            let found = scan.next()?;
            self.skipped_bytes += scan.take_skipped_bytes();
            match found {
                None => self.current = None,
                Some(record) if record.seq < self.expected_seq => self.skipped_bytes = 0,
                Some(record) => {
                    let path = path.clone();
                    return self.accept(path, record).map(Some);
                }
            }
        }
        Ok(None)
    }

    /// Yields `record`, or first the report of what is missing before it.
    fn accept(&mut self, segment: PathBuf, record: Record) -> Result<(u64, Bytes), Error> {
        let lost_from = self.expected_seq;
        let lost_records = record.seq - lost_from;
        let bytes = std::mem::take(&mut self.skipped_bytes);
        self.expected_seq = record.seq + 1;
        if lost_records == 0 {
            return Ok((record.seq, record.payload));
        }
        self.held = Some((record.seq, record.payload));
        Err(Error::Damaged(Damage {
            segment,
            resumed_at: record.at,
            bytes,
            lost_from,
            lost_records,
        }))
    }

    /// All segments are read, but numbers that were acknowledged are still missing.
    fn end(&mut self) -> Result<Option<(u64, Bytes)>, Error> {
        let lost_from = std::mem::replace(&mut self.expected_seq, self.through_seq + 1);
        Err(Error::Damaged(Damage {
            segment: PathBuf::new(),
            resumed_at: 0,
            bytes: std::mem::take(&mut self.skipped_bytes),
            lost_from,
            lost_records: self.through_seq + 1 - lost_from,
        }))
    }
}

impl Iterator for Replay {
    type Item = Result<(u64, Bytes), Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = self.step();
        if matches!(&item, Err(error) if !matches!(error, Error::Damaged(_))) {
            // Reading cannot go on: the error is said once, then the iterator ends.
            self.expected_seq = self.through_seq + 1;
        }
        item.transpose()
    }
}

impl std::fmt::Debug for Replay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Replay")
            .field("expected_seq", &self.expected_seq)
            .field("through_seq", &self.through_seq)
            .finish_non_exhaustive()
    }
}
