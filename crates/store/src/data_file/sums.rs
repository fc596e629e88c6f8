//! The checksums of a data file: CRC-32C of each block of 16 KiB, and its length.
//!
//! They are computed while the file is written and kept in the catalog, so that they cover every byte of the
//! file, whoever wrote it: pages and their headers, footer, index. Whoever reads a part reads whole blocks, and
//! checks them: a flipped bit is found before anything is made of it. In memory they take a 4,096th of the files.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Write};
use std::ops::Range;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Small, since every read of a part is widened to it.
pub(crate) const BLOCK_BYTES: u64 = 16 << 10;
/// What is read at once of a file that is checked as a whole.
const STRETCH_BYTES: usize = 1 << 20;

/// The checksums of one file.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Sums {
    bytes: u64,
    /// One for each block; the last may be short.
    blocks: Vec<u32>,
}

/// What is wrong with a file's bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Damage {
    #[error("it has {found} bytes, not {expected}")]
    Length { found: u64, expected: u64 },
    #[error("bytes {} to {} do not match their checksum", .0.start, .0.end)]
    Block(BlockRange),
}

/// Where a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BlockRange {
    pub(crate) start: u64,
    pub(crate) end: u64,
}

impl Sums {
    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// `range`, widened to whole blocks. Of what lies behind the end nothing is left.
    pub(crate) fn widen(&self, range: &Range<u64>) -> Range<u64> {
        let end = range.end.min(self.bytes);
        let start = range.start.min(end) / BLOCK_BYTES * BLOCK_BYTES;
        start..end.next_multiple_of(BLOCK_BYTES).min(self.bytes)
    }

    /// Whether these are the file's bytes from `start`, where a block begins, up to the end of another.
    pub(crate) fn check(&self, start: u64, bytes: &[u8]) -> Result<(), Damage> {
        let first = (start / BLOCK_BYTES) as usize;
        for (number, block) in (first..).zip(bytes.chunks(BLOCK_BYTES as usize)) {
            if self.blocks.get(number) != Some(&crc32c::crc32c(block)) {
                let start = number as u64 * BLOCK_BYTES;
                let end = (start + BLOCK_BYTES).min(self.bytes);
                return Err(Damage::Block(BlockRange { start, end }));
            }
        }
        Ok(())
    }

    /// Reads all of `file`, hands each stretch to `each`, and compares.
    pub(crate) fn read(
        &self,
        file: &mut impl Read,
        mut each: impl FnMut(&[u8]),
    ) -> io::Result<Result<(), Damage>> {
        let (mut stretch, mut at) = (vec![0; STRETCH_BYTES], 0);
        loop {
            let length = fill(file, &mut stretch)?;
            if at + length as u64 > self.bytes || (length == 0 && at < self.bytes) {
                let (found, expected) = (at + length as u64, self.bytes);
                return Ok(Err(Damage::Length { found, expected }));
            }
            if length == 0 {
                return Ok(Ok(()));
            }
            if let Err(damage) = self.check(at, &stretch[..length]) {
                return Ok(Err(damage));
            }
            each(&stretch[..length]);
            at += length as u64;
        }
    }

    /// Whether the file at `path` has the bytes that were written.
    pub(crate) fn check_file(&self, path: &Path) -> io::Result<Result<(), Damage>> {
        let mut file = File::open(path)?;
        let found = file.metadata()?.len();
        if found != self.bytes {
            let expected = self.bytes;
            return Ok(Err(Damage::Length { found, expected }));
        }
        self.read(&mut file, |_| {})
    }

    /// For the catalog: the blocks' sums, little endian.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let sums = self.blocks.iter().flat_map(|sum| sum.to_le_bytes());
        sums.collect()
    }

    /// `None` when these are not the sums of so many bytes.
    pub(crate) fn decode(bytes: u64, encoded: &[u8]) -> Option<Self> {
        let (sums, rest) = encoded.as_chunks::<4>();
        let blocks: Vec<u32> = sums.iter().map(|sum| u32::from_le_bytes(*sum)).collect();
        let fits = rest.is_empty() && blocks.len() as u64 == bytes.div_ceil(BLOCK_BYTES);
        fits.then_some(Self { bytes, blocks })
    }
}

/// Reads until `bytes` are full or the file ends.
fn fill(file: &mut impl Read, bytes: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while length < bytes.len() {
        match file.read(&mut bytes[length..])? {
            0 => break,
            read => length += read,
        }
    }
    Ok(length)
}

impl fmt::Debug for Sums {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sums({} bytes)", self.bytes)
    }
}

/// A new file that is written from front to back, with its sums.
#[derive(Debug)]
pub(crate) struct Output {
    file: File,
    tally: Mutex<Tally>,
}

#[derive(Debug, Default)]
struct Tally {
    bytes: u64,
    blocks: Vec<u32>,
    /// Of the block that is not full yet.
    last: u32,
}

impl Output {
    pub(crate) fn new(file: File) -> Self {
        Self {
            file,
            tally: Mutex::default(),
        }
    }

    pub(crate) fn file(&self) -> &File {
        &self.file
    }

    /// Of what was written so far.
    pub(crate) fn sums(&self) -> Sums {
        let tally = self.tally();
        let mut blocks = tally.blocks.clone();
        if !tally.bytes.is_multiple_of(BLOCK_BYTES) {
            blocks.push(tally.last);
        }
        let bytes = tally.bytes;
        Sums { bytes, blocks }
    }

    fn tally(&self) -> MutexGuard<'_, Tally> {
        self.tally.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Write for &Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = (&self.file).write(bytes)?;
        self.tally().add(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        (&self.file).flush()
    }
}

impl Tally {
    fn add(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let room = BLOCK_BYTES - self.bytes % BLOCK_BYTES;
            let (now, later) = bytes.split_at(bytes.len().min(room as usize));
            self.last = crc32c::crc32c_append(self.last, now);
            self.bytes += now.len() as u64;
            if self.bytes.is_multiple_of(BLOCK_BYTES) {
                self.blocks.push(std::mem::take(&mut self.last));
            }
            bytes = later;
        }
    }
}
