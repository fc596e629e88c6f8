//! The bytes of an index → what a file has.

use super::{ENTRY, Key, Keys, MAGIC, MapNumber, cut};
use parquet::bloom_filter::Sbbf;
use parquet::file::metadata::FileMetaData;
use std::ops::Range;

/// Of an index whose entries begin with how many places they have.
const MAGIC_1: &[u8; 4] = b"TLX1";

/// What is read of an index is not what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("its index is damaged")]
pub(crate) struct Damaged;

/// Where in a file the index is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) start: u64,
    pub(crate) directory: Range<u64>,
}

impl Place {
    pub(in crate::data_file) fn entry(start: u64, directory_at: usize, bytes: usize) -> String {
        format!(
            "{start} {} {}",
            start + directory_at as u64,
            start + bytes as u64
        )
    }

    /// `None` when the file has no index.
    pub(crate) fn in_footer(footer: &FileMetaData) -> Option<std::result::Result<Self, Damaged>> {
        let entries = footer.key_value_metadata()?;
        let entry = entries.iter().find(|entry| entry.key == ENTRY)?;
        entry.value.as_deref().map(Self::read)
    }

    /// From the value of [`ENTRY`].
    fn read(entry: &str) -> std::result::Result<Self, Damaged> {
        let mut numbers = entry.split(' ').map(str::parse::<u64>);
        let mut next = || numbers.next().and_then(|number| number.ok()).ok_or(Damaged);
        let (start, directory, end) = (next()?, next()?, next()?);
        if start > directory || directory > end {
            return Err(Damaged);
        }
        Ok(Self {
            start,
            directory: directory..end,
        })
    }
}

/// The directory of an index.
#[derive(Debug)]
pub(crate) struct Index {
    /// Each entry begins with how many places it has.
    is_first_version: bool,
    pub(crate) rows: u64,
    pub(crate) keys: Keys,
    /// Whether `keys` has all of them.
    pub(crate) is_complete: bool,
    traces: Vec<Block>,
    values: Vec<Block>,
    /// Bytes of the file.
    pub(crate) filter: Range<u64>,
}

#[derive(Debug)]
struct Block {
    first_hash: u64,
    bytes: Range<u64>,
}

/// Which granules may have a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Granules {
    All,
    These(Vec<u32>),
}

impl Index {
    pub(crate) fn read(place: &Place, directory: &[u8]) -> std::result::Result<Self, Damaged> {
        let mut rest = Reader(verified(directory)?);
        let magic = rest.bytes(MAGIC.len())?;
        let is_first_version = magic == MAGIC_1;
        if magic != MAGIC && !is_first_version {
            return Err(Damaged);
        }
        let rows = rest.number()?;
        let is_complete = rest.byte()? == 1;
        let mut keys = Keys::new();
        for _ in 0..rest.number()? {
            let map = MapNumber(rest.byte()?);
            let length = rest.number()? as usize;
            let name = std::str::from_utf8(rest.bytes(length)?).map_err(|_| Damaged)?;
            let (rows, has_column) = (rest.number()?, rest.byte()? == 1);
            keys.insert((map, name.to_owned()), Key { rows, has_column });
        }
        let mut at = place.start;
        let mut blocks = || -> std::result::Result<Vec<Block>, Damaged> {
            let (mut blocks, mut first_hash) = (Vec::new(), 0_u64);
            for _ in 0..rest.number()? {
                first_hash = first_hash.checked_add(rest.number()?).ok_or(Damaged)?;
                let end = at.checked_add(rest.number()?).ok_or(Damaged)?;
                let bytes = at..end;
                at = end;
                blocks.push(Block { first_hash, bytes });
            }
            Ok(blocks)
        };
        let (traces, values) = (blocks()?, blocks()?);
        let filter = place.start + rest.number()?..place.directory.start;
        Ok(Self {
            is_first_version,
            rows,
            keys,
            is_complete,
            traces,
            values,
            filter,
        })
    }

    /// Memory that it takes.
    pub(crate) fn bytes(&self) -> usize {
        let keys: usize = self.keys.keys().map(|(_, name)| name.len() + 64).sum();
        keys + (self.traces.len() + self.values.len()) * size_of::<Block>()
    }

    /// The bytes of the file that say where a trace is; `None` when it is nowhere.
    pub(crate) fn trace_block(&self, hash: u64) -> Option<Range<u64>> {
        block(&self.traces, hash)
    }

    /// The same of a value.
    pub(crate) fn value_block(&self, hash: u64) -> Option<Range<u64>> {
        block(&self.values, hash)
    }

    /// The rows of the trace with this hash, by its block; empty when there is none.
    pub(crate) fn find_trace(
        &self,
        block: &[u8],
        hash: u64,
    ) -> std::result::Result<Vec<Range<u64>>, Damaged> {
        let mut found = Vec::new();
        self.entries(block, |entry, places| {
            places.each(|start, rest| {
                let end = start.checked_add(rest.number()?).ok_or(Damaged)?;
                if entry == cut(hash) {
                    found.push(start..end);
                }
                Ok(())
            })
        })?;
        Ok(found)
    }

    /// The granules of the value with this hash, by its block; none when it is nowhere.
    pub(crate) fn find_value(
        &self,
        block: &[u8],
        hash: u64,
    ) -> std::result::Result<Granules, Damaged> {
        let mut found = Granules::These(Vec::new());
        self.entries(block, |entry, places| {
            let (is_everywhere, mut granules) = (places.count == 0, Vec::new());
            places.each(|granule, _| {
                granules.push(u32::try_from(granule).map_err(|_| Damaged)?);
                Ok(())
            })?;
            if entry == cut(hash) {
                found = match is_everywhere {
                    true => Granules::All,
                    false => Granules::These(granules),
                };
            }
            Ok(())
        })?;
        Ok(found)
    }

    fn entries(
        &self,
        block: &[u8],
        mut each: impl FnMut(u64, Places<'_, '_>) -> std::result::Result<(), Damaged>,
    ) -> std::result::Result<(), Damaged> {
        let mut rest = Reader(verified(block)?);
        let mut hash = rest.number()?;
        while !rest.0.is_empty() {
            hash = hash.checked_add(rest.number()?).ok_or(Damaged)?;
            let head = rest.number()?;
            let (count, only) = match (self.is_first_version, head % 2) {
                (true, _) => (head, None),
                (false, 0) => (head / 2, None),
                (false, _) => (1, Some(head / 2)),
            };
            let rest = &mut rest;
            each(hash, Places { count, only, rest })?;
        }
        Ok(())
    }
}

/// The places of an entry, which are to be read before the next one.
struct Places<'r, 'b> {
    count: u64,
    /// One that was in the entry's head.
    only: Option<u64>,
    rest: &'r mut Reader<'b>,
}

impl<'b> Places<'_, 'b> {
    /// `each` takes what is behind a place.
    fn each(
        self,
        mut each: impl FnMut(u64, &mut Reader<'b>) -> std::result::Result<(), Damaged>,
    ) -> std::result::Result<(), Damaged> {
        let mut last = 0_u64;
        for _ in 0..self.count {
            let difference = match self.only {
                Some(only) => only,
                None => self.rest.number()?,
            };
            last = last.checked_add(difference).ok_or(Damaged)?;
            each(last, self.rest)?;
        }
        Ok(())
    }
}

fn block(blocks: &[Block], hash: u64) -> Option<Range<u64>> {
    let after = blocks.partition_point(|block| block.first_hash <= cut(hash));
    blocks[..after].last().map(|block| block.bytes.clone())
}

/// The filter of trace ids, for memory.
pub(crate) fn read_filter(bytes: &[u8]) -> std::result::Result<Sbbf, Damaged> {
    Ok(Sbbf::new(verified(bytes)?))
}

pub(crate) fn may_have_trace(filter: &Sbbf, hash: u64) -> bool {
    filter.check(&hash.to_le_bytes()[..])
}

fn verified(bytes: &[u8]) -> std::result::Result<&[u8], Damaged> {
    let (content, sum) = bytes.split_last_chunk::<4>().ok_or(Damaged)?;
    match crc32c::crc32c(content) == u32::from_le_bytes(*sum) {
        true => Ok(content),
        false => Err(Damaged),
    }
}

/// Bytes that are taken from the front.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn bytes(&mut self, count: usize) -> std::result::Result<&'a [u8], Damaged> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or(Damaged)?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> std::result::Result<u8, Damaged> {
        Ok(self.bytes(1)?[0])
    }

    fn number(&mut self) -> std::result::Result<u64, Damaged> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Damaged)
    }
}
