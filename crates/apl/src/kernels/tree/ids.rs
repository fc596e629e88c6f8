//! Ids of spans as two words: they are texts of 16 characters. A longer text, which no id of a span is, is known by
//! its digest.

use arrow::array::StringViewBuilder;
use datafusion::common::HashMap;
use md5::{Digest, Md5};

const BYTES: usize = 16;
/// What fills up a short text: a byte of no text.
const FILL: u8 = 0xff;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Id([u64; 2]);

impl Id {
    /// The empty text, and null.
    pub(super) const NONE: Self = Self([u64::MAX; 2]);

    fn of_bytes(bytes: [u8; BYTES]) -> Self {
        let whole = u128::from_be_bytes(bytes);
        Self([(whole >> 64) as u64, whole as u64])
    }

    fn bytes(self) -> [u8; BYTES] {
        let [high, low] = self.0.map(u128::from);
        (high << 64 | low).to_be_bytes()
    }
}

/// The way from texts to ids, and back.
#[derive(Debug, Default)]
pub(super) struct Ids {
    /// Texts that do not fit.
    long: HashMap<Id, Box<str>>,
    /// Of these texts.
    bytes: usize,
}

impl Ids {
    pub(super) fn of(&mut self, text: Option<&str>) -> Id {
        let text = text.unwrap_or("");
        if text.len() <= BYTES {
            let mut bytes = [FILL; BYTES];
            bytes[..text.len()].copy_from_slice(text.as_bytes());
            return Id::of_bytes(bytes);
        }
        let id = Id::of_bytes(Md5::digest(text).into());
        if self.long.insert(id, text.into()).is_none() {
            self.bytes += text.len();
        }
        id
    }

    /// Adds the text of an id; null is that of none.
    pub(super) fn write(&self, id: Id, texts: &mut StringViewBuilder) {
        if id == Id::NONE {
            return texts.append_null();
        }
        if let Some(text) = self.long.get(&id) {
            return texts.append_value(text);
        }
        let bytes = id.bytes();
        let length = bytes.iter().position(|byte| *byte == FILL).unwrap_or(BYTES);
        texts.append_value(std::str::from_utf8(&bytes[..length]).unwrap_or(""));
    }

    pub(super) fn size(&self) -> usize {
        self.bytes + self.long.capacity() * size_of::<(Id, Box<str>)>()
    }
}
