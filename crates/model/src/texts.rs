//! Texts one behind the other, and texts that repeat, kept once.
//!
//! Both the decoder and the data files need them. A text is bytes here: whether they are UTF-8 is for the
//! caller to know or to look at.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::LazyLock;

/// Up to this many texts are compared one by one: quicker than a table.
const FEW: usize = 4;
/// Room that a table begins with.
const MORE: usize = 48;

/// Another one in each process, so that no sender can choose texts that collide.
static HASH: LazyLock<FixedState> =
    LazyLock::new(|| FixedState::with_seed(RandomState::new().hash_one(0)));

/// Texts, one behind the other; at most 2 GiB of them.
#[derive(Debug)]
pub struct Texts {
    /// One more than there are texts.
    offsets: Vec<i32>,
    bytes: Vec<u8>,
}

impl Default for Texts {
    fn default() -> Self {
        Self {
            offsets: vec![0],
            bytes: Vec::new(),
        }
    }
}

impl Texts {
    /// Appends a text; its number.
    #[inline(always)]
    pub fn push(&mut self, text: &[u8]) -> u32 {
        self.bytes.extend_from_slice(text);
        self.close()
    }

    /// Where a text may be written that [`close`](Self::close) then ends.
    pub fn open(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    /// Ends the text that was written; its number.
    #[inline(always)]
    pub fn close(&mut self) -> u32 {
        let number = self.len();
        self.offsets.push(self.bytes.len() as i32);
        number as u32
    }

    /// The text of a number that was given.
    #[inline(always)]
    pub fn get(&self, number: u32) -> &[u8] {
        let (from, to) = (
            self.offsets[number as usize],
            self.offsets[number as usize + 1],
        );
        &self.bytes[from as usize..to as usize]
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether all of it, read as one text, is UTF-8.
    pub fn is_utf8(&self) -> bool {
        std::str::from_utf8(&self.bytes).is_ok()
    }

    /// Bytes of all texts.
    pub fn bytes(&self) -> usize {
        self.bytes.len()
    }

    /// Keeps the first `count` texts, and nothing of one that was not ended.
    pub fn truncate(&mut self, count: usize) {
        self.offsets.truncate(count + 1);
        let end = self.offsets.last().copied().unwrap_or(0);
        self.bytes.truncate(end as usize);
    }

    /// Where each text ends (after a 0), and the bytes of all.
    pub fn into_parts(self) -> (Vec<i32>, Vec<u8>) {
        (self.offsets, self.bytes)
    }
}

/// Texts that repeat: equal ones have one number, in the order in which they first came.
#[derive(Debug, Default)]
pub struct Interner {
    texts: Texts,
    /// Of the texts, once there are more than a few.
    table: HashTable<u32>,
    last: u32,
}

impl Interner {
    /// The number of `text`.
    #[inline(always)]
    pub fn intern(&mut self, text: &[u8]) -> u32 {
        let count = self.texts.len();
        // Spans of a kind follow each other.
        if count > 0 && same(self.texts.get(self.last), text) {
            return self.last;
        }
        self.last = if count <= FEW {
            match (0..count as u32).find(|number| same(self.texts.get(*number), text)) {
                Some(number) => number,
                None => self.add(text),
            }
        } else {
            self.intern_many(text)
        };
        self.last
    }

    pub fn texts(&self) -> &Texts {
        &self.texts
    }

    pub fn into_texts(self) -> Texts {
        self.texts
    }

    fn intern_many(&mut self, text: &[u8]) -> u32 {
        let hash = hash(text);
        let is_equal = |number: &u32| same(self.texts.get(*number), text);
        match self.table.find(hash, is_equal) {
            Some(number) => *number,
            None => {
                let number = self.texts.push(text);
                let texts = &self.texts;
                self.table
                    .insert_unique(hash, number, |number| self::hash(texts.get(*number)));
                number
            }
        }
    }

    /// Adds one of the first texts; the table begins when there are too many to look through.
    fn add(&mut self, text: &[u8]) -> u32 {
        let added = self.texts.push(text);
        if self.texts.len() > FEW {
            let texts = &self.texts;
            self.table
                .reserve(MORE, |number| self::hash(texts.get(*number)));
            for number in 0..texts.len() as u32 {
                let hash = hash(texts.get(number));
                self.table
                    .insert_unique(hash, number, |number| self::hash(texts.get(*number)));
            }
        }
        added
    }
}

/// Whether two texts are equal; quicker than `==` for short ones, as names and most values are.
#[inline(always)]
pub fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    match a.len() {
        0..4 => a == b,
        4..8 => ends::<4>(a) == ends::<4>(b),
        8..=16 => ends::<8>(a) == ends::<8>(b),
        _ => ends::<8>(a) == ends::<8>(b) && a == b,
    }
}

/// The first and the last `N` bytes, which may overlap.
#[inline(always)]
fn ends<const N: usize>(text: &[u8]) -> Option<([u8; N], [u8; N])> {
    Some((*text.first_chunk()?, *text.last_chunk()?))
}

#[inline(always)]
fn hash(text: &[u8]) -> u64 {
    let mut hasher = HASH.build_hasher();
    hasher.write(text);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::{Interner, same};

    #[test]
    fn same_is_equality() {
        for length in 0..40 {
            let a: Vec<u8> = (0..length).collect();
            assert!(same(&a, &a.clone()));
            assert!(!same(&a, &[&a[..], &[1]].concat()));
            for at in 0..a.len() {
                let mut b = a.clone();
                b[at] ^= 64;
                assert!(!same(&a, &b), "{length} {at}");
            }
        }
    }

    #[test]
    fn equal_texts_have_one_number() {
        let mut interner = Interner::default();
        let texts: Vec<String> = (0..1000).map(|n| format!("text {}", n % 137)).collect();
        for text in &texts {
            let number = interner.intern(text.as_bytes());
            assert_eq!(interner.texts().get(number), text.as_bytes());
        }
        assert_eq!(interner.texts().len(), 137);
        assert_eq!(interner.intern(b"text 136"), 136);
        assert_eq!(interner.intern(b""), 137);
    }
}
