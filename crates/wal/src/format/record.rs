//! The bytes of a record's head, in either format.

use super::{Format, u32_at, u64_at};
use std::ops::RangeInclusive;

/// Of a record that is written; [`Format::record_head_bytes`] has that of one that is read.
pub(crate) const RECORD_HEAD_BYTES: usize = 32;

const V1_RECORD_HEAD_BYTES: usize = 20;

/// Places looked at together, and the bytes that takes.
const BLOCK_STARTS: usize = 64;
const BLOCK_BYTES: usize = BLOCK_STARTS + 1;

/// What the head of a record says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RecordHead {
    pub(crate) len: u32,
    pub(crate) seq: u64,
    /// Records of its group before it.
    pub(crate) before: u32,
    /// Bytes of its group behind it.
    pub(crate) after: u32,
    pub(crate) payload_crc: u32,
}

/// Numbers that are not in the log, though later ones of their group are; or, counting none, the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Void {
    pub(crate) seq: u64,
    pub(crate) count: u32,
    /// Bytes behind the head that mean nothing.
    pub(crate) len: u32,
}

/// An intact head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Head {
    Record(RecordHead),
    Void(Void),
}

impl Head {
    pub(crate) fn seq(self) -> u64 {
        match self {
            Self::Record(record) => record.seq,
            Self::Void(void) => void.seq,
        }
    }

    /// The number after what it stands for.
    pub(crate) fn next_seq(self) -> u64 {
        match self {
            Self::Record(record) => record.seq.saturating_add(1),
            Self::Void(void) => void.seq.saturating_add(void.count.into()),
        }
    }

    pub(crate) fn len(self) -> u32 {
        match self {
            Self::Record(record) => record.len,
            Self::Void(void) => void.len,
        }
    }
}

impl RecordHead {
    pub(crate) fn encode(self, salt: u64) -> [u8; RECORD_HEAD_BYTES] {
        let mut bytes = [0; RECORD_HEAD_BYTES];
        bytes[4..8].copy_from_slice(&self.len.to_le_bytes());
        bytes[8..16].copy_from_slice(&self.seq.to_le_bytes());
        bytes[16..20].copy_from_slice(&self.before.to_le_bytes());
        bytes[20..24].copy_from_slice(&self.after.to_le_bytes());
        bytes[24..28].copy_from_slice(&self.payload_crc.to_le_bytes());
        seal(bytes, tag(salt), salt)
    }
}

impl Void {
    pub(crate) fn encode(self, salt: u64) -> [u8; RECORD_HEAD_BYTES] {
        let mut bytes = [0; RECORD_HEAD_BYTES];
        bytes[4..8].copy_from_slice(&self.len.to_le_bytes());
        bytes[8..16].copy_from_slice(&self.seq.to_le_bytes());
        bytes[16..20].copy_from_slice(&self.count.to_le_bytes());
        seal(bytes, !tag(salt), salt)
    }
}

impl Format {
    pub(crate) fn record_head_bytes(self) -> usize {
        match self {
            Self::V1 => V1_RECORD_HEAD_BYTES,
            Self::V2 { .. } => RECORD_HEAD_BYTES,
        }
    }

    /// The head at the start of `bytes`, which hold at least [`Self::record_head_bytes`]; `None` when
    /// there is no intact one.
    pub(crate) fn decode(self, bytes: &[u8]) -> Option<Head> {
        match self {
            Self::V1 => {
                let intact = crc32c::crc32c(&bytes[..16]) == u32_at(bytes, 16);
                intact.then(|| {
                    Head::Record(RecordHead {
                        len: u32_at(bytes, 0),
                        seq: u64_at(bytes, 4),
                        before: 0,
                        after: 0,
                        payload_crc: u32_at(bytes, 12),
                    })
                })
            }
            Self::V2 { salt } => decode_salted(bytes, salt),
        }
    }

    /// The first place from `from` on where a head with a number in `seqs` may start; found without a
    /// checksum, so that looking at every byte is quick.
    pub(crate) fn find(
        self,
        bytes: &[u8],
        from: usize,
        seqs: &RangeInclusive<u64>,
    ) -> Option<usize> {
        let heads = |from| {
            let bytes: &[u8] = bytes.get(from..).unwrap_or_default();
            bytes.windows(self.record_head_bytes())
        };
        let Self::V2 { salt } = self else {
            let found = heads(from).position(|head| seqs.contains(&u64_at(head, 4)));
            return found.map(|offset| from + offset);
        };
        let [first, second, ..] = tag(salt).to_le_bytes();
        // Of 2^15 places one passes, or as many as there are heads; and bytes make wide vectors.
        let may_be_tag = |one: u8, two: u8| {
            ((one == first) & (two == second)) | ((one == !first) & (two == !second))
        };
        let is_head = |head: &[u8]| {
            let difference = u32_at(head, 0) ^ tag(salt);
            (difference == 0 || difference == u32::MAX) && seqs.contains(&u64_at(head, 8))
        };
        let mut from = from;
        while from < bytes.len() {
            let block = bytes
                .get(from..)
                .and_then(<[u8]>::first_chunk::<BLOCK_BYTES>);
            let is_worth_it = block.is_none_or(|block| {
                let pairs = block.iter().zip(&block[1..]);
                pairs.fold(false, |any, (one, two)| any | may_be_tag(*one, *two))
            });
            if is_worth_it {
                let mut near = heads(from).take(BLOCK_STARTS);
                if let Some(offset) = near.position(is_head) {
                    return Some(from + offset);
                }
            }
            from += BLOCK_STARTS;
        }
        None
    }
}

fn decode_salted(bytes: &[u8], salt: u64) -> Option<Head> {
    if crc32c::crc32c(&bytes[..28]) ^ seed(salt) != u32_at(bytes, 28) {
        return None;
    }
    let (len, seq) = (u32_at(bytes, 4), u64_at(bytes, 8));
    if u32_at(bytes, 0) == tag(salt) {
        Some(Head::Record(RecordHead {
            len,
            seq,
            before: u32_at(bytes, 16),
            after: u32_at(bytes, 20),
            payload_crc: u32_at(bytes, 24),
        }))
    } else if u32_at(bytes, 0) == !tag(salt) {
        let count = u32_at(bytes, 16);
        Some(Head::Void(Void { seq, count, len }))
    } else {
        None
    }
}

fn seal(mut bytes: [u8; RECORD_HEAD_BYTES], tag: u32, salt: u64) -> [u8; RECORD_HEAD_BYTES] {
    bytes[..4].copy_from_slice(&tag.to_le_bytes());
    let crc = crc32c::crc32c(&bytes[..28]) ^ seed(salt);
    bytes[28..].copy_from_slice(&crc.to_le_bytes());
    bytes
}

fn tag(salt: u64) -> u32 {
    salt as u32
}

fn seed(salt: u64) -> u32 {
    (salt >> 32) as u32
}
