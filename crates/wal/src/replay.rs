//! Reading a whole log in order, and reporting damage.

use crate::format::Head;
use crate::scan::{Found, Scan};
use crate::segment::Segment;
use crate::{Damage, Disk, Error};
use bytes::Bytes;
use std::collections::VecDeque;
use std::path::PathBuf;

/// Records in order, read from disk one at a time. Damage is an item of its own
/// ([`Error::Damaged`]), after which the next intact records follow; any other error is the last item.
pub struct Replay {
    disk: Disk,
    /// The log's, for a segment whose head is damaged.
    salt: u64,
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
    pub(crate) fn new(
        disk: Disk,
        salt: u64,
        segments: &[Segment],
        after_seq: u64,
        through_seq: u64,
    ) -> Self {
        // A segment is of no interest when the next one starts at or before the first number asked for.
        let skip = segments
            .iter()
            .skip(1)
            .take_while(|next| next.first_seq <= after_seq + 1)
            .count();
        let first_seq = segments.get(skip).map_or(1, |segment| segment.first_seq);
        Self {
            disk,
            salt,
            waiting: segments.iter().skip(skip).cloned().collect(),
            current: None,
            expected_seq: first_seq.max(after_seq + 1),
            through_seq,
            skipped_bytes: 0,
            held: None,
        }
    }

    fn step(&mut self) -> Result<Option<(u64, Bytes)>, Error> {
        loop {
            if let Some(record) = self.held.take() {
                return Ok(Some(record));
            }
            if self.expected_seq > self.through_seq {
                return Ok(None);
            }
            let Some((path, scan)) = &mut self.current else {
                let Some(segment) = self.waiting.pop_front() else {
                    return self.end();
                };
                // No number of the next segment, and none given since the replay began.
                let next = self.waiting.front();
                let end_seq = next.map_or(self.through_seq + 1, |next| next.first_seq);
                let scan = Scan::open(&self.disk, &segment, Some(self.salt), end_seq)?;
                self.current = Some((segment.path, scan));
                continue;
            };
            let found = scan.next()?;
            self.skipped_bytes += scan.take_skipped_bytes();
            match found {
                None => self.current = None,
                Some(found) if found.head.next_seq() <= self.expected_seq => {
                    self.skipped_bytes = 0;
                }
                Some(found) => {
                    let path = path.clone();
                    self.accept(path, found)?;
                }
            }
        }
    }

    /// Holds the record, if it is one, and reports what is missing before it.
    fn accept(&mut self, segment: PathBuf, found: Found) -> Result<(), Error> {
        let seq = found.head.seq();
        if let Head::Record(_) = found.head {
            self.held = Some((seq, found.payload));
        }
        let bytes = std::mem::take(&mut self.skipped_bytes);
        let lost_from = std::mem::replace(&mut self.expected_seq, found.head.next_seq());
        // A void may begin before what is asked for.
        let lost_records = seq.saturating_sub(lost_from);
        if lost_records == 0 {
            return Ok(());
        }
        Err(Error::Damaged(Damage {
            segment,
            resumed_at: found.at,
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
