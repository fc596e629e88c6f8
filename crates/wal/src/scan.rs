//! Reading one segment record by record, and finding the way again after a bad one.
//!
//! It knows nothing of other segments; whether a bad stretch is a torn tail or damage is for its callers
//! to judge, who know what follows.
//!
//! An intact head says where the next record starts, whatever has become of the payload. So who looks at
//! payloads goes the same way as who looks at heads only: a replay finds nothing that recovery, which
//! gave out the next number, did not.

/// Looking for the next intact record behind a bad one.
mod search;

use crate::Error;
use crate::disk::{Disk, File};
use crate::format::{Format, Head, RECORD_HEAD_BYTES};
use crate::segment::{self, Segment};
use bytes::Bytes;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::PathBuf;

/// How much is read at a time.
const WINDOW_BYTES: usize = 64 << 10;

/// What is found at a place in a segment: an intact record, or a void.
pub(crate) struct Found {
    /// Where its head starts in the segment.
    pub(crate) at: u64,
    pub(crate) head: Head,
    /// Of a record.
    pub(crate) payload: Bytes,
}

/// A place between two records.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mark {
    /// Where the next record should start.
    pub(crate) at: u64,
    /// The number that it should have.
    pub(crate) seq: u64,
}

/// A cursor over the intact records of one segment.
pub(crate) struct Scan {
    file: BufReader<File>,
    path: PathBuf,
    pub(crate) file_bytes: u64,
    pub(crate) mark: Mark,
    /// The number after the last that this segment may hold.
    end_seq: u64,
    /// Bytes passed over since the last intact record.
    skipped_bytes: u64,
    /// Where the bad stretch began that was passed over for the record just returned.
    pub(crate) gap: Option<Mark>,
    /// Once a search failed: where it began, and where the last byte is that is not zero.
    barren: Option<(u64, u64)>,
    pub(crate) format: Format,
    /// Of the segment's head; `None` when it is damaged.
    pub(crate) epoch: Option<u64>,
}

impl Scan {
    /// `salt` is the log's, for a segment whose own head is damaged. A number from `end_seq` on is not
    /// of this segment, and its record is passed over like anything bad.
    pub(crate) fn open(
        disk: &Disk,
        segment: &Segment,
        salt: Option<u64>,
        end_seq: u64,
    ) -> Result<Self, Error> {
        let path = &segment.path;
        let mut file = disk.open(path).map_err(Error::io("open", path))?;
        if let Some(head) = segment::read_head(&mut file, path)? {
            let mut scan = Self::of(file, segment, head.format, end_seq)?;
            scan.epoch = Some(head.epoch);
            return scan.start();
        }
        // Without a head, the format is the one in which something is found.
        let mut scan = Self::of(file, segment, Format::V1, end_seq)?;
        let Some(salt) = salt else {
            return scan.start();
        };
        scan.format = Format::V2 { salt };
        let mut scan = scan.start()?;
        if scan.next()?.is_some() {
            return scan.restart(segment);
        }
        scan.format = Format::V1;
        let mut scan = scan.restart(segment)?;
        if scan.next()?.is_none() {
            scan.format = Format::V2 { salt };
        }
        scan.restart(segment)
    }

    fn of(file: File, segment: &Segment, format: Format, end_seq: u64) -> Result<Self, Error> {
        let path = segment.path.clone();
        let file_bytes = file.file_bytes().map_err(Error::io("open", &path))?;
        Ok(Self {
            file: BufReader::with_capacity(WINDOW_BYTES, file),
            path,
            file_bytes,
            mark: Mark {
                at: 0,
                seq: segment.first_seq,
            },
            end_seq,
            skipped_bytes: 0,
            gap: None,
            barren: None,
            format,
            epoch: None,
        })
    }

    fn start(mut self) -> Result<Self, Error> {
        let at = self.format.segment_head_bytes();
        self.go(Mark { at, ..self.mark })?;
        if self.epoch.is_none() {
            self.skipped_bytes = at.min(self.file_bytes);
        }
        Ok(self)
    }

    fn restart(mut self, segment: &Segment) -> Result<Self, Error> {
        self.barren = None;
        self.mark.seq = segment.first_seq;
        self.start()
    }

    /// Continues at `mark`.
    pub(crate) fn go(&mut self, mark: Mark) -> Result<(), Error> {
        self.mark = mark;
        (self.skipped_bytes, self.gap) = (0, None);
        self.seek(mark.at)
    }

    /// The next intact record or void, however far; `None` when there is none up to the end of the file.
    pub(crate) fn next(&mut self) -> Result<Option<Found>, Error> {
        self.gap = None;
        let start = self.mark;
        while let Some(head) = self.head_here()? {
            if let Some(found) = self.read_behind(head)? {
                if found.at > start.at {
                    self.skipped_bytes += found.at - start.at;
                    self.gap = Some(start);
                }
                return Ok(Some(found));
            }
            self.step_over(head);
        }
        self.resynchronise(start)
    }

    /// As [`Self::next`], but where a head is intact the payload is not looked at.
    pub(crate) fn next_head(&mut self) -> Result<Option<Head>, Error> {
        self.gap = None;
        if let Some(head) = self.head_here()? {
            self.pass(head)?;
            return Ok(Some(head));
        }
        let found = self.resynchronise(self.mark)?;
        Ok(found.map(|found| found.head))
    }

    /// Bytes passed over before the record just returned, or, at the end, behind the last one (zeros
    /// allocated ahead do not count). Taking the count resets it.
    pub(crate) fn take_skipped_bytes(&mut self) -> u64 {
        std::mem::take(&mut self.skipped_bytes)
    }

    /// The head at the cursor, when it is intact and what it stands for fits into the file.
    fn head_here(&mut self) -> Result<Option<Head>, Error> {
        let head_bytes = self.format.record_head_bytes();
        let room = self.file_bytes.saturating_sub(self.mark.at);
        if room < head_bytes as u64 {
            return Ok(None);
        }
        let mut bytes = [0; RECORD_HEAD_BYTES];
        self.read_exact(&mut bytes[..head_bytes])?;
        Ok(self.format.decode(&bytes).filter(|head| {
            head.seq() >= self.mark.seq
                && head.next_seq() <= self.end_seq
                && head_bytes as u64 + u64::from(head.len()) <= room
        }))
    }

    /// Moves behind what `head`, just read, stands for.
    fn pass(&mut self, head: Head) -> Result<(), Error> {
        self.file
            .seek_relative(i64::from(head.len()))
            .map_err(Error::io("read", &self.path))?;
        self.step_over(head);
        Ok(())
    }

    fn step_over(&mut self, head: Head) {
        let head_bytes = self.format.record_head_bytes() as u64;
        self.mark = Mark {
            at: self.mark.at + head_bytes + u64::from(head.len()),
            seq: head.next_seq(),
        };
    }

    /// Moves behind what `head`, just read, stands for, if that is intact. If not, the file's cursor is
    /// there and the mark is not.
    fn read_behind(&mut self, head: Head) -> Result<Option<Found>, Error> {
        let at = self.mark.at;
        let Head::Record(record) = head else {
            self.pass(head)?;
            let payload = Bytes::new();
            return Ok(Some(Found { at, head, payload }));
        };
        let mut payload = vec![0; record.len as usize];
        self.read_exact(&mut payload)?;
        let is_intact = crc32c::crc32c(&payload) == record.payload_crc;
        if !is_intact && !model::planted::bug("wal_no_checksum") {
            return Ok(None);
        }
        self.step_over(head);
        let payload = payload.into();
        Ok(Some(Found { at, head, payload }))
    }

    fn seek(&mut self, to: u64) -> Result<(), Error> {
        self.file
            .seek(SeekFrom::Start(to))
            .map_err(Error::io("read", &self.path))?;
        Ok(())
    }

    fn read_exact(&mut self, bytes: &mut [u8]) -> Result<(), Error> {
        self.file
            .read_exact(bytes)
            .map_err(Error::io("read", &self.path))
    }
}
