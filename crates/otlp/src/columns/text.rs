//! Text that repeats: a dictionary and its keys.
//!
//! Equal texts are kept once, in the order in which they first came, so the same request gives the same
//! dictionary. Whether they are UTF-8 is looked at when the array is made, once for all that are equal.

use crate::Error;
use crate::text::NOT_UTF8;
use arrow::array::{ArrayRef, DictionaryArray, PrimitiveArray, StringArray};
use arrow::buffer::{BooleanBuffer, Buffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow::datatypes::UInt32Type;
use model::texts::{Interner, Texts};
use std::sync::Arc;

/// The key of a row without a text.
const NULL: u32 = u32::MAX;

/// A column of text.
pub(crate) struct SharedTexts {
    keys: Vec<u32>,
    texts: Interner,
}

impl SharedTexts {
    /// With room for so many rows.
    pub(super) fn new(rows: usize) -> Self {
        Self {
            keys: Vec::with_capacity(rows),
            texts: Interner::default(),
        }
    }

    /// The text of row `row`, instead of one that it has; rows before it that have none are null.
    #[inline(always)]
    pub(crate) fn push(&mut self, row: usize, text: &[u8]) {
        let key = self.texts.intern(text);
        if self.keys.len() != row {
            self.keys.resize(row, NULL);
        }
        self.keys.push(key);
    }

    /// The same text for all rows from `from` up to `to`.
    pub(crate) fn fill(&mut self, from: usize, to: usize, text: &[u8]) {
        let key = self.texts.intern(text);
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
        let mut texts = self.texts.into_texts();
        if !texts.is_utf8() {
            // Perhaps only of rows that were cut off: they cost nobody else.
            texts = used(&mut self.keys, &texts);
        }
        let has_null = self.keys.contains(&NULL);
        let nulls = has_null.then(|| {
            let keys = &self.keys;
            NullBuffer::new(BooleanBuffer::collect_bool(rows, |row| keys[row] != NULL))
        });
        if has_null {
            // A null's key must not be read, and is looked at all the same.
            self.keys
                .iter_mut()
                .filter(|key| **key == NULL)
                .for_each(|key| *key = 0);
        }
        self.keys.shrink_to_fit();
        let keys = PrimitiveArray::<UInt32Type>::new(self.keys.into(), nulls);
        let texts = array(texts, None)?;
        let array = DictionaryArray::try_new(keys, Arc::new(texts)).map_err(Error::Columns)?;
        Ok(Arc::new(array))
    }
}

/// The texts that a row has, which get new keys.
fn used(keys: &mut [u32], texts: &Texts) -> Texts {
    let (mut kept, mut new_keys) = (Texts::default(), vec![NULL; texts.len()]);
    for key in keys.iter_mut().filter(|key| **key != NULL) {
        let new = &mut new_keys[*key as usize];
        if *new == NULL {
            *new = kept.push(texts.get(*key));
        }
        *key = *new;
    }
    kept
}

/// Texts as an array, with the rows that are null; they take a text, empty, all the same.
pub(super) fn array(texts: Texts, nulls: Option<NullBuffer>) -> Result<StringArray, Error> {
    let (mut offsets, mut bytes) = texts.into_parts();
    if i32::try_from(bytes.len()).is_err() {
        return Err(Error::TooLarge {
            what: "bytes in columns",
            limit: i32::MAX as usize,
        });
    }
    offsets.shrink_to_fit();
    bytes.shrink_to_fit();
    let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets));
    let nulls = nulls.filter(|nulls| nulls.null_count() > 0);
    StringArray::try_new(offsets, Buffer::from_vec(bytes), nulls).map_err(|_| NOT_UTF8)
}
