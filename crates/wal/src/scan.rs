//! Reading one segment record by record, and finding the way again after a bad one.
//!
//! It knows nothing of other segments; whether a bad stretch is a torn tail or damage is for its callers
//! to judge, who know what follows.

use crate::Error;
use crate::format::{self, RECORD_HEAD_BYTES, RecordHead, SEGMENT_HEAD_BYTES};
use crate::segment::{self, Segment};
use bytes::Bytes;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::PathBuf;

/// How much is looked through at a time for the next valid record.
const WINDOW_BYTES: usize = 64 << 10;

/// One intact record.
pub(crate) struct Record {
    pub(crate) seq: u64,
    pub(crate) payload: Bytes,
    /// Where its head starts in the segment.
    pub(crate) at: u64,
}

/// A cursor over the intact records of one segment.
pub(crate) struct Scan {
    file: BufReader<File>,
    path: PathBuf,
    file_bytes: u64,
    /// Where the next record should start.
    at: u64,
    /// The number that the next record should have.
    expected_seq: u64,
    /// Bytes passed over since the last intact record.
    skipped_bytes: u64,
    /// Of the last segment's head; `None` when it is damaged.
    pub(crate) epoch: Option<u64>,
}

impl Scan {
    pub(crate) fn open(segment: &Segment) -> Result<Self, Error> {
        let path = segment.path.clone();
        let mut file = File::open(&path).map_err(Error::io("open", &path))?;
        let file_bytes = file.metadata().map_err(Error::io("open", &path))?.len();
        let head = segment::read_head(&mut file, &path)?;
        let at = SEGMENT_HEAD_BYTES as u64;
        file.seek(SeekFrom::Start(at))
            .map_err(Error::io("read", &path))?;
        Ok(Self {
            file: BufReader::with_capacity(WINDOW_BYTES, file),
            path,
            file_bytes,
            at,
            expected_seq: segment.first_seq,
            skipped_bytes: if head.is_some() {
                0
            } else {
                at.min(file_bytes)
            },
            epoch: head.map(|head| head.epoch),
        })
    }

    /// The next intact record, however far; `None` when there is none up to the end of the file.
    pub(crate) fn next(&mut self) -> Result<Option<Record>, Error> {
        if let Some(record) = self.read_here()? {
            return Ok(Some(record));
        }
        self.resynchronise()
    }

    /// Bytes passed over before the record just returned, or, at the end, behind the last one (zeros
    /// allocated ahead do not count). Taking the count resets it.
    pub(crate) fn take_skipped_bytes(&mut self) -> u64 {
        std::mem::take(&mut self.skipped_bytes)
    }

    /// The end of the last intact record.
    pub(crate) fn end(&self) -> u64 {
        self.at
    }

    pub(crate) fn file_bytes(&self) -> u64 {
        self.file_bytes
    }

    /// Reads the record at the cursor and moves behind it; `None`, without moving, when it is not intact.
    fn read_here(&mut self) -> Result<Option<Record>, Error> {
        let room = self.file_bytes.saturating_sub(self.at);
        if room < RECORD_HEAD_BYTES as u64 {
            return Ok(None);
        }
        let mut head = [0; RECORD_HEAD_BYTES];
        self.read_exact(&mut head)?;
        let Some(head) = RecordHead::decode(&head) else {
            return Ok(None);
        };
        let bytes = RECORD_HEAD_BYTES as u64 + u64::from(head.len);
        if head.seq < self.expected_seq || bytes > room {
            return Ok(None);
        }
        let mut payload = vec![0; head.len as usize];
        self.read_exact(&mut payload)?;
        if crc32c::crc32c(&payload) != head.payload_crc {
            return Ok(None);
        }
        let at = self.at;
        self.at += bytes;
        self.expected_seq = head.seq + 1;
        Ok(Some(Record {
            seq: head.seq,
            payload: payload.into(),
            at,
        }))
    }

    /// Looks behind a bad record for the next intact one, at every byte, since a bad head hides where
    /// the next one starts.
    fn resynchronise(&mut self) -> Result<Option<Record>, Error> {
        let (bad_at, mut nonzero_end) = (self.at, self.at);
        let mut window = Vec::with_capacity(WINDOW_BYTES);
        let mut from = bad_at;
        while from < self.file_bytes {
            let bytes = (self.file_bytes - from).min(WINDOW_BYTES as u64);
            window.resize(bytes as usize, 0);
            self.seek(from)?;
            self.read_exact(&mut window)?;
            if let Some(last) = window.iter().rposition(|byte| *byte != 0) {
                nonzero_end = from + last as u64 + 1;
                if let Some(record) = self.search(bad_at, from, &window)? {
                    self.skipped_bytes += record.at - bad_at;
                    return Ok(Some(record));
                }
            }
            if from + bytes == self.file_bytes {
                break;
            }
            // Windows overlap by a head less one byte: no head hides on the border of two.
            from += bytes - (RECORD_HEAD_BYTES as u64 - 1);
        }
        self.at = bad_at;
        self.skipped_bytes += nonzero_end - bad_at;
        Ok(None)
    }

    /// The first intact record that starts in `window`, which was read at `from`.
    fn search(&mut self, bad_at: u64, from: u64, window: &[u8]) -> Result<Option<Record>, Error> {
        for (offset, head) in window.windows(RECORD_HEAD_BYTES).enumerate() {
            let at = from + offset as u64;
            // Each lost record takes at least a head: a number further ahead is not ours. This spares
            // nearly every checksum, and keeps log bytes inside a payload from being taken for records.
            let plausible =
                self.expected_seq..=self.expected_seq + (at - bad_at) / RECORD_HEAD_BYTES as u64;
            if !plausible.contains(&format::seq_at(head)) || RecordHead::decode(head).is_none() {
                continue;
            }
            self.seek(at)?;
            self.at = at;
            if let Some(record) = self.read_here()? {
                return Ok(Some(record));
            }
        }
        Ok(None)
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
