//! Text that repeats: a dictionary and its keys.
//!
//! Equal texts are kept once, in the order in which they first came, so the same request gives the same
//! dictionary. Whether they are UTF-8 is looked at when the array is made, once for all that are equal.

use crate::Error;
use crate::text::NOT_UTF8;
use arrow::array::{ArrayRef, DictionaryArray, PrimitiveArray, StringArray};
use arrow::buffer::{Buffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow::datatypes::UInt32Type;
use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::{Arc, LazyLock};

/// The key of a row without a text.
const NULL: u32 = u32::MAX;
/// Up to this many texts are compared one by one: quicker than a table.
const FEW: usize = 4;

/// Another one in each process, so that no sender can choose texts that collide.
static HASH: LazyLock<FixedState> =
    LazyLock::new(|| FixedState::with_seed(RandomState::new().hash_one(0)));

/// A column of text.
#[derive(Default)]
pub(crate) struct Texts {
    keys: Vec<u32>,
    texts: Strings,
    /// Of the texts, once there are more than a few.
    table: HashTable<u32>,
    last: u32,
}

impl Texts {
    /// The text of row `row`, instead of one that it has; rows before it that have none are null.
    #[inline(always)]
    pub(crate) fn push(&mut self, row: usize, text: &[u8]) {
        self.fill(row, row + 1, text);
    }

    /// The same text for all rows from `from` up to `to`.
    #[inline(always)]
    pub(crate) fn fill(&mut self, from: usize, to: usize, text: &[u8]) {
        let key = self.intern(text);
        if self.keys.len() != from {
            self.keys.resize(from, NULL);
        }
        self.keys.resize(to, key);
    }

    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }

    pub(super) fn truncate(&mut self, rows: usize) {
        self.keys.truncate(rows);
    }

    pub(super) fn finish(mut self, rows: usize) -> Result<ArrayRef, Error> {
        self.keys.resize(rows, NULL);
        let has_null = self.keys.contains(&NULL);
        let nulls = has_null.then(|| {
            let is_text = self.keys.iter().map(|key| *key != NULL);
            let nulls: NullBuffer = is_text.collect::<Vec<bool>>().into();
            for key in &mut self.keys {
                *key = if *key == NULL { 0 } else { *key };
            }
            nulls
        });
        self.keys.shrink_to_fit();
        let keys = PrimitiveArray::<UInt32Type>::new(self.keys.into(), nulls);
        let texts = self.texts.finish()?;
        let array = DictionaryArray::try_new(keys, Arc::new(texts)).map_err(Error::Columns)?;
        Ok(Arc::new(array))
    }

    #[inline(always)]
    fn intern(&mut self, text: &[u8]) -> u32 {
        let count = self.texts.len();
        // Spans of a kind follow each other.
        if count > 0 && self.texts.get(self.last) == text {
            return self.last;
        }
        self.last = if count <= FEW {
            match (0..count as u32).find(|key| self.texts.get(*key) == text) {
                Some(key) => key,
                None => self.add(text),
            }
        } else {
            self.intern_many(text)
        };
        self.last
    }

    fn intern_many(&mut self, text: &[u8]) -> u32 {
        let hash = hash(text);
        let is_equal = |key: &u32| self.texts.get(*key) == text;
        match self.table.find(hash, is_equal) {
            Some(key) => *key,
            None => {
                let key = self.texts.push(text);
                let texts = &self.texts;
                self.table
                    .insert_unique(hash, key, |key| self::hash(texts.get(*key)));
                key
            }
        }
    }

    /// Adds one of the first texts; the table begins when there are too many to look through.
    fn add(&mut self, text: &[u8]) -> u32 {
        let key = self.texts.push(text);
        if self.texts.len() > FEW {
            let texts = &self.texts;
            for key in 0..texts.len() as u32 {
                let hash = hash(texts.get(key));
                self.table
                    .insert_unique(hash, key, |key| self::hash(texts.get(*key)));
            }
        }
        key
    }
}

#[inline(always)]
fn hash(text: &[u8]) -> u64 {
    let mut hasher = HASH.build_hasher();
    hasher.write(text);
    hasher.finish()
}

/// Texts, one behind the other.
pub(super) struct Strings {
    /// One more than there are texts. A body has at most 64 MiB, which JSON text makes six times as much.
    offsets: Vec<i32>,
    bytes: Vec<u8>,
}

impl Default for Strings {
    fn default() -> Self {
        Self {
            offsets: vec![0],
            bytes: Vec::new(),
        }
    }
}

impl Strings {
    #[inline(always)]
    pub(super) fn push(&mut self, text: &[u8]) -> u32 {
        self.bytes.extend_from_slice(text);
        self.close()
    }

    /// Where a text may be written that [`close`](Self::close) then ends.
    pub(super) fn open(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    /// Ends the text that was written; its number.
    #[inline(always)]
    pub(super) fn close(&mut self) -> u32 {
        let number = self.len();
        self.offsets.push(self.bytes.len() as i32);
        number as u32
    }

    #[inline(always)]
    pub(super) fn get(&self, number: u32) -> &[u8] {
        let (from, to) = (
            self.offsets[number as usize],
            self.offsets[number as usize + 1],
        );
        &self.bytes[from as usize..to as usize]
    }

    pub(super) fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    pub(super) fn truncate(&mut self, count: usize) {
        self.offsets.truncate(count + 1);
        let end = self.offsets.last().copied().unwrap_or(0);
        self.bytes.truncate(end as usize);
    }

    pub(super) fn finish(self) -> Result<StringArray, Error> {
        self.finish_with(None)
    }

    /// With the rows that are null; they take a text, empty, all the same.
    pub(super) fn finish_with(mut self, nulls: Option<NullBuffer>) -> Result<StringArray, Error> {
        if i32::try_from(self.bytes.len()).is_err() {
            return Err(Error::TooLarge {
                what: "bytes in columns",
                limit: i32::MAX as usize,
            });
        }
        self.offsets.shrink_to_fit();
        self.bytes.shrink_to_fit();
        let offsets = OffsetBuffer::new(ScalarBuffer::from(self.offsets));
        let nulls = nulls.filter(|nulls| nulls.null_count() > 0);
        StringArray::try_new(offsets, Buffer::from_vec(self.bytes), nulls).map_err(|_| NOT_UTF8)
    }
}
