//! Ids of spans as numbers: an id is 16 hexadecimal digits. Any other text is known by its digest; two of them would
//! have to meet in one trace, and that is as likely as two random ids that are the same.

use md5::{Digest, Md5};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Id(u64);

const DIGITS: usize = 16;

impl Id {
    /// Of a null, the empty text, and the id that is all zeros, which is none.
    pub(super) const NONE: Self = Self(0);

    pub(super) fn of(text: Option<&str>) -> Self {
        match text {
            None | Some("") => Self::NONE,
            Some(text) => Self(of_digits(text).unwrap_or_else(|| of_digest(text))),
        }
    }

    /// As a column holds it.
    pub(super) fn of_bits(bits: i64) -> Self {
        Self(bits.cast_unsigned())
    }

    pub(super) fn bits(self) -> i64 {
        self.0.cast_signed()
    }
}

fn of_digits(text: &str) -> Option<u64> {
    if text.len() != DIGITS {
        return None;
    }
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(u64::from(byte - b'0')),
        b'a'..=b'f' => Some(u64::from(byte - b'a') + 10),
        _ => None,
    };
    let mut digits = text.bytes();
    digits.try_fold(0, |number, byte| Some(number << 4 | digit(byte)?))
}

fn of_digest(text: &str) -> u64 {
    let digest = Md5::digest(text);
    let bytes = digest.iter().take(size_of::<u64>());
    bytes.fold(0, |number, byte| number << 8 | u64::from(*byte))
}
