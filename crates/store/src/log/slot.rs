//! The bytes of a slot. All integers are little-endian, all checksums CRC-32C.
//!
//! ```text
//! slot   "thrulobj" version:u32 records:u32 epoch:u64 number:u64 first:u64 body_bytes:u64 body_crc:u32 head_crc:u32
//!        record*                                                                                   56 bytes, body
//! record len:u32 bytes
//! ```
//!
//! `first` is the number in the log of its first record; in a claim, which has none, of the next one. No two slots
//! have the same bytes: of one number each epoch writes one at most. The test `log_object` has samples for ever.

use bytes::{Buf, BufMut, Bytes, BytesMut};

const MAGIC: &[u8; 8] = b"thrulobj";
const VERSION: u32 = 1;
pub(super) const HEAD_BYTES: u64 = 56;
/// Of these before the checksum of the head.
const CHECKED_BYTES: usize = 52;
/// Of one slot: so many numbers are passed over where nobody knows how many there were.
pub(super) const RECORDS_MAX: usize = 4096;

/// What the head of a slot says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) epoch: u64,
    pub(super) number: u64,
    pub(super) first: u64,
    pub(super) records: u32,
}

/// What an object was found to be.
#[derive(Debug)]
pub(super) enum Slot {
    Whole(Head, Vec<Bytes>),
    /// Of one that is not as it was written, the head if that is.
    Damaged(Option<Head>),
    /// Of a program newer than this one.
    Unknown(u32),
}

impl Head {
    /// The number of the record behind it.
    pub(super) fn next(&self) -> u64 {
        self.first.saturating_add(u64::from(self.records))
    }
}

impl Slot {
    pub(super) fn head(&self) -> Option<Head> {
        match self {
            Self::Whole(head, _) => Some(*head),
            Self::Damaged(head) => *head,
            Self::Unknown(_) => None,
        }
    }
}

/// The object of a slot; `records` in two parts each.
pub(super) fn encode(epoch: u64, number: u64, first: u64, records: &[[Bytes; 2]]) -> Bytes {
    let lengths = records.iter().map(|[one, two]| 4 + one.len() + two.len());
    let mut object = BytesMut::with_capacity(HEAD_BYTES as usize + lengths.sum::<usize>());
    object.put_bytes(0, HEAD_BYTES as usize);
    for [one, two] in records {
        // The log's limit keeps a record below 4 GiB.
        object.put_u32_le((one.len() + two.len()) as u32);
        object.put_slice(one);
        object.put_slice(two);
    }
    let (head, body) = object.split_at_mut(HEAD_BYTES as usize);
    let (checked, mut crc) = head.split_at_mut(CHECKED_BYTES);
    let mut words = &mut *checked;
    words.put_slice(MAGIC);
    words.put_u32_le(VERSION);
    words.put_u32_le(records.len() as u32);
    for word in [epoch, number, first, body.len() as u64] {
        words.put_u64_le(word);
    }
    words.put_u32_le(crc32c::crc32c(body));
    crc.put_u32_le(crc32c::crc32c(checked));
    object.freeze()
}

/// What the object of a slot is. Lengths are believed only where a checksum is right.
pub(super) fn decode(object: &Bytes, number: u64) -> Slot {
    let Some((mut head, body)) = split(object) else {
        return Slot::Damaged(None);
    };
    let version = head.get_u32_le();
    if version != VERSION {
        return Slot::Unknown(version);
    }
    let records = head.get_u32_le();
    let found = Head {
        epoch: head.get_u64_le(),
        number: head.get_u64_le(),
        first: head.get_u64_le(),
        records,
    };
    if found.number != number {
        return Slot::Damaged(None);
    }
    let (body_bytes, body_crc) = (head.get_u64_le(), head.get_u32_le());
    if body.len() as u64 != body_bytes || crc32c::crc32c(&body) != body_crc {
        return Slot::Damaged(Some(found));
    }
    match split_records(body) {
        Some(all) if all.len() == records as usize => Slot::Whole(found, all),
        _ => Slot::Damaged(Some(found)),
    }
}

/// Behind the magic number, what the head's checksum covers; and the body.
fn split(object: &Bytes) -> Option<(Bytes, Bytes)> {
    let mut head = object.clone();
    if head.len() < HEAD_BYTES as usize {
        return None;
    }
    let body = head.split_off(HEAD_BYTES as usize);
    let mut crc = head.split_off(CHECKED_BYTES);
    let is_whole = head.starts_with(MAGIC) && crc32c::crc32c(&head) == crc.get_u32_le();
    head.advance(MAGIC.len());
    is_whole.then_some((head, body))
}

fn split_records(mut body: Bytes) -> Option<Vec<Bytes>> {
    let mut records = Vec::new();
    while !body.is_empty() {
        let length = body.try_get_u32_le().ok()? as usize;
        if length > body.len() {
            return None;
        }
        records.push(body.split_to(length));
    }
    Some(records)
}
