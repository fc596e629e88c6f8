//! The index of a data file: where its traces are, which of its rows may have a value of a custom attribute,
//! and which custom attributes it has at all.
//!
//! It lies in the file itself, behind the row groups, where other readers pass over it; the footer's entry
//! [`ENTRY`] says where. It is derived: a file without one is read as a whole.
//!
//! ```text
//! blocks of traces · blocks of values · filter of traces · directory
//! block      the first hash; entries by hash, at most 128; their checksum
//! entry      hash (difference); of one place: that place, its number doubled and one more; else: how many places,
//!            doubled, and the places (differences)
//! place      of a trace: first row and number of rows; of a value: a granule of 1,024 rows
//! directory  version, rows, custom keys, where each block begins and with which hash; its checksum
//! ```
//!
//! The first version had the number of places in each entry.
//!
//! Hashes are XXH64 cut to 36 bits: two of them may be equal, so what is found is looked at again.

/// What a file has → the bytes of its index.
mod build;
/// The bytes of an index → what a file has.
mod read;

pub(super) use build::Builder;
pub(crate) use read::{Damaged, Granules, Index, Place, may_have_trace, read_filter};

use model::span;
use std::collections::BTreeMap;
use twox_hash::XxHash64;

/// The footer's key of the index; the value is `<first byte> <first of the directory> <end>`.
pub(super) const ENTRY: &str = "throughline.index";
/// Rows that a value is found to be among.
pub(crate) const GRANULE_ROWS: usize = 1024;
const MAGIC: &[u8; 4] = b"TLX2";
const HASH_BITS: u32 = 36;
/// Of a row, or of a granule, beside a hash in 64 bits.
const PLACE_BITS: u32 = 64 - HASH_BITS;

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
