//! What a file has → the bytes of its index.

use super::{GRANULE_ROWS, Key, Keys, MAGIC, MapNumber, PLACE_BITS, cut, trace_hash};
use crate::data_file::encode::varint;
use parquet::bloom_filter::Sbbf;
use parquet::errors::Result;
use std::ops::Range;

const BLOCK_ENTRIES: usize = 128;
/// A value in more than this part of the granules is said to be everywhere.
const EVERYWHERE: usize = 4;
const EVERYWHERE_GRANULES_MIN: usize = 16;
/// Of the filter on trace ids: one file in a hundred is looked at in vain.
const FILTER_FALSE_POSITIVES: f64 = 0.01;
/// Custom keys that a file lists.
const KEYS_MAX: usize = 1024;

/// An index under construction.
#[derive(Debug, Default)]
pub(in crate::data_file) struct Builder {
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
    pub(in crate::data_file) fn trace(&mut self, id: &[u8], rows: Range<u32>) {
        let hash = trace_hash(id);
        self.filtered.push(hash);
        let place = u64::from(rows.start);
        self.traces
            .push((cut(hash) << PLACE_BITS | place, rows.end - rows.start));
    }

    /// A value that is in a granule.
    pub(in crate::data_file) fn value(&mut self, hash: u64, granule: u32) {
        self.values
            .push(cut(hash) << PLACE_BITS | u64::from(granule));
    }

    pub(in crate::data_file) fn key(&mut self, map: MapNumber, name: &str, key: Key) {
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
    pub(in crate::data_file) fn finish(mut self, rows: u64) -> Result<(Vec<u8>, usize)> {
        let mut bytes = Vec::new();
        self.traces.sort_unstable();
        let traces = self.traces.chunk_by(|a, b| hash_of(a.0) == hash_of(b.0));
        let traces = table(&mut bytes, traces, |group, out| {
            places(
                group.iter().map(|(packed, _)| place_of(*packed)),
                out,
                |at, out| {
                    varint(u64::from(group[at].1), out);
                },
            );
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
            } else {
                places(group.iter().map(|packed| place_of(*packed)), out, |_, _| {});
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

/// Appends the places of an entry, each with what `more` appends to it.
fn places(
    places: impl ExactSizeIterator<Item = u64>,
    out: &mut Vec<u8>,
    more: impl Fn(usize, &mut Vec<u8>),
) {
    let (count, mut last) = (places.len(), 0);
    if count != 1 {
        varint(2 * count as u64, out);
    }
    for (at, place) in places.enumerate() {
        let difference = place - last;
        varint(
            if count == 1 {
                2 * difference + 1
            } else {
                difference
            },
            out,
        );
        more(at, out);
        last = place;
    }
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
