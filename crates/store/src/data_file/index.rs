//! The index of a data file: where its traces are, which of its rows may have a value of a custom attribute,
//! and which custom attributes it has at all.
//!
//! It lies in the file itself, behind the row groups, where other readers pass over it; the footer's entry
//! [`ENTRY`] says where. It is derived: a file without one is read as a whole.
//!
//! ```text
//! blocks of traces · blocks of values · filter of traces · directory
//! block      the first hash; entries by hash, at most 128; their checksum
//! entry      hash (difference), how many places, places (differences)
//! place      of a trace: first row and number of rows; of a value: a granule of 1,024 rows
//! directory  rows, custom keys, where each block begins and with which hash; its checksum
//! ```
//!
//! Hashes are XXH64 cut to 36 bits: two of them may be equal, so what is found is looked at again.

use super::encode::varint;
use model::span;
use parquet::bloom_filter::Sbbf;
use parquet::errors::Result;
use parquet::file::metadata::FileMetaData;
use std::collections::BTreeMap;
use std::ops::Range;
use twox_hash::XxHash64;

/// The footer's key of the index; the value is `<first byte> <first of the directory> <end>`.
pub(super) const ENTRY: &str = "throughline.index";
/// Rows that a value is found to be among.
pub(crate) const GRANULE_ROWS: usize = 1024;
const MAGIC: &[u8; 4] = b"TLX1";
const HASH_BITS: u32 = 36;
/// Of a row, or of a granule, beside a hash in 64 bits.
const PLACE_BITS: u32 = 64 - HASH_BITS;
const BLOCK_ENTRIES: usize = 128;
/// A value in more than this part of the granules is said to be everywhere.
const EVERYWHERE: usize = 4;
const EVERYWHERE_GRANULES_MIN: usize = 16;
/// Of the filter on trace ids: one file in a hundred is looked at in vain.
const FILTER_FALSE_POSITIVES: f64 = 0.01;
/// Custom keys that a file lists.
const KEYS_MAX: usize = 1024;

/// The map that a custom attribute is in, by its number in the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct MapNumber(pub(crate) u8);

impl MapNumber {
    /// One of [`span::KEYED_MAPS`].
    pub(crate) fn of(map: &str) -> Option<Self> {
        let number = span::KEYED_MAPS.iter().position(|it| *it == map)?;
        Some(Self(number as u8))
    }

    pub(crate) fn map(self) -> &'static str {
        span::KEYED_MAPS.get(usize::from(self.0)).unwrap_or(&"")
    }

    /// The name of the column of a key.
    pub(crate) fn column(self, key: &str) -> String {
        span::key_column(self.map(), key)
    }
}

/// What a file has of one custom key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Key {
    /// Rows with it.
    pub(crate) rows: u64,
    /// Whether its values have a column of their own in the file.
    pub(crate) has_column: bool,
}

/// By map and name.
pub(crate) type Keys = BTreeMap<(MapNumber, String), Key>;

pub(crate) fn trace_hash(id: &[u8]) -> u64 {
    XxHash64::oneshot(0, id)
}

/// The seed of the hashes of a key's values.
pub(crate) fn key_seed(map: MapNumber, key: &[u8]) -> u64 {
    XxHash64::oneshot(map.0.into(), key)
}

pub(crate) fn value_hash(key_seed: u64, value: &[u8]) -> u64 {
    XxHash64::oneshot(key_seed, value)
}

fn cut(hash: u64) -> u64 {
    hash >> PLACE_BITS
}

/// An index under construction.
#[derive(Debug, Default)]
pub(super) struct Builder {
    /// Hash and first row, packed; and the number of rows.
    traces: Vec<(u64, u32)>,
    filtered: Vec<u64>,
    /// Hash and granule, packed.
    values: Vec<u64>,
    keys: Keys,
    is_incomplete: bool,
}

impl Builder {
    /// Rows of one trace that follow each other.
    pub(super) fn trace(&mut self, id: &[u8], rows: Range<u32>) {
        let hash = trace_hash(id);
        self.filtered.push(hash);
        let place = u64::from(rows.start);
        self.traces
            .push((cut(hash) << PLACE_BITS | place, rows.end - rows.start));
    }

    /// A value that is in a granule.
    pub(super) fn value(&mut self, hash: u64, granule: u32) {
        self.values
            .push(cut(hash) << PLACE_BITS | u64::from(granule));
    }

    pub(super) fn key(&mut self, map: MapNumber, name: &str, key: Key) {
        let known = self.keys.len();
        let entry = (map, name.to_owned());
        match self.keys.get_mut(&entry) {
            Some(found) => {
                found.rows += key.rows;
                found.has_column &= key.has_column;
            }
            None if known < KEYS_MAX => {
                self.keys.insert(entry, key);
            }
            None => self.is_incomplete = true,
        }
    }

    /// The bytes of the index of a file with so many rows, and where in them the directory begins.
    pub(super) fn finish(mut self, rows: u64) -> Result<(Vec<u8>, usize)> {
        let mut bytes = Vec::new();
        self.traces.sort_unstable();
        let traces = self.traces.chunk_by(|a, b| hash_of(a.0) == hash_of(b.0));
        let traces = table(&mut bytes, traces, |group, out| {
            varint(group.len() as u64, out);
            let mut last = 0;
            for (packed, rows) in group {
                varint(place_of(*packed) - last, out);
                varint(u64::from(*rows), out);
                last = place_of(*packed);
            }
            hash_of(group[0].0)
        });
        self.values.sort_unstable();
        self.values.dedup();
        let granules = (rows as usize).div_ceil(GRANULE_ROWS);
        let values = self.values.chunk_by(|a, b| hash_of(*a) == hash_of(*b));
        let values = table(&mut bytes, values, |group, out| {
            let many = group.len() > granules / EVERYWHERE;
            if many && granules >= EVERYWHERE_GRANULES_MIN {
                varint(0, out);
                return hash_of(group[0]);
            }
            varint(group.len() as u64, out);
            let mut last = 0;
            for packed in group {
                varint(place_of(*packed) - last, out);
                last = place_of(*packed);
            }
            hash_of(group[0])
        });
        let filter = filter(&self.filtered)?;
        let directory_at = bytes.len() + filter.len();
        let filter_at = bytes.len();
        bytes.extend_from_slice(&filter);
        let mut directory = Vec::from(MAGIC);
        varint(rows, &mut directory);
        directory.push(u8::from(!self.is_incomplete));
        varint(self.keys.len() as u64, &mut directory);
        for ((map, name), key) in &self.keys {
            directory.push(map.0);
            varint(name.len() as u64, &mut directory);
            directory.extend_from_slice(name.as_bytes());
            varint(key.rows, &mut directory);
            directory.push(key.has_column.into());
        }
        for blocks in [traces, values] {
            varint(blocks.len() as u64, &mut directory);
            let mut last = 0;
            for (hash, length) in blocks {
                varint(hash - last, &mut directory);
                varint(length as u64, &mut directory);
                last = hash;
            }
        }
        varint(filter_at as u64, &mut directory);
        sign(&mut directory, 0);
        bytes.extend_from_slice(&directory);
        Ok((bytes, directory_at))
    }
}

fn hash_of(packed: u64) -> u64 {
    packed >> PLACE_BITS
}

fn place_of(packed: u64) -> u64 {
    packed & ((1 << PLACE_BITS) - 1)
}

/// Appends the blocks of the groups; the first hash and the length of each. `encode` writes a group's places
/// and says its hash.
fn table<'a, T: 'a>(
    bytes: &mut Vec<u8>,
    groups: impl Iterator<Item = &'a [T]>,
    encode: impl Fn(&[T], &mut Vec<u8>) -> u64,
) -> Vec<(u64, usize)> {
    let mut blocks = Vec::new();
    let (mut entries, mut from, mut last) = (0, bytes.len(), 0);
    let mut places = Vec::new();
    for group in groups {
        places.clear();
        let hash = encode(group, &mut places);
        if entries == BLOCK_ENTRIES {
            sign(bytes, from);
            close(&mut blocks, bytes.len() - from);
            (entries, from) = (0, bytes.len());
        }
        if entries == 0 {
            blocks.push((hash, 0));
            varint(hash, bytes);
            last = hash;
        }
        varint(hash - last, bytes);
        bytes.extend_from_slice(&places);
        last = hash;
        entries += 1;
    }
    if entries > 0 {
        sign(bytes, from);
        close(&mut blocks, bytes.len() - from);
    }
    blocks
}

fn close(blocks: &mut [(u64, usize)], length: usize) {
    if let Some(block) = blocks.last_mut() {
        block.1 = length;
    }
}

/// Appends the checksum of what begins at `from`.
fn sign(bytes: &mut Vec<u8>, from: usize) {
    let sum = crc32c::crc32c(&bytes[from..]);
    bytes.extend_from_slice(&sum.to_le_bytes());
}

fn filter(hashes: &[u64]) -> Result<Vec<u8>> {
    let count = hashes.len().max(1) as u64;
    let mut filter = Sbbf::new_with_ndv_fpp(count, FILTER_FALSE_POSITIVES)?;
    for hash in hashes {
        filter.insert(&hash.to_le_bytes()[..]);
    }
    let mut bytes = Vec::new();
    filter.write_bitset(&mut bytes)?;
    sign(&mut bytes, 0);
    Ok(bytes)
}

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
    pub(super) fn entry(start: u64, directory_at: usize, bytes: usize) -> String {
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
        if rest.bytes(MAGIC.len())? != MAGIC {
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
}

fn block(blocks: &[Block], hash: u64) -> Option<Range<u64>> {
    let after = blocks.partition_point(|block| block.first_hash <= cut(hash));
    blocks[..after].last().map(|block| block.bytes.clone())
}

/// The rows of the trace with this hash; empty when there is none.
pub(crate) fn find_trace(block: &[u8], hash: u64) -> std::result::Result<Vec<Range<u64>>, Damaged> {
    let mut found = Vec::new();
    entries(block, |entry, places, count| {
        let mut last = 0_u64;
        for _ in 0..count {
            last = last.checked_add(places.number()?).ok_or(Damaged)?;
            let end = last.checked_add(places.number()?).ok_or(Damaged)?;
            if entry == cut(hash) {
                found.push(last..end);
            }
        }
        Ok(())
    })?;
    Ok(found)
}

/// The granules of the value with this hash; none when it is nowhere.
pub(crate) fn find_value(block: &[u8], hash: u64) -> std::result::Result<Granules, Damaged> {
    let mut found = Granules::These(Vec::new());
    entries(block, |entry, places, count| {
        let (mut last, mut granules) = (0_u64, Vec::new());
        for _ in 0..count {
            last = last.checked_add(places.number()?).ok_or(Damaged)?;
            granules.push(u32::try_from(last).map_err(|_| Damaged)?);
        }
        if entry == cut(hash) {
            found = match count {
                0 => Granules::All,
                _ => Granules::These(granules),
            };
        }
        Ok(())
    })?;
    Ok(found)
}

fn entries(
    block: &[u8],
    mut each: impl FnMut(u64, &mut Reader<'_>, u64) -> std::result::Result<(), Damaged>,
) -> std::result::Result<(), Damaged> {
    let mut rest = Reader(verified(block)?);
    let mut hash = rest.number()?;
    while !rest.0.is_empty() {
        hash = hash.checked_add(rest.number()?).ok_or(Damaged)?;
        let count = rest.number()?;
        each(hash, &mut rest, count)?;
    }
    Ok(())
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
