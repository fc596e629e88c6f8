//! The bytes of a segment, format 1. All integers are little-endian, all checksums CRC-32C.
//!
//! ```text
//! segment  head record* zero*            the zeros are space allocated ahead
//! head     "thrulwal" version:u32 epoch:u64 first_seq:u64 crc:u32          crc of the bytes before it
//! record   len:u32 seq:u64 payload_crc:u32 head_crc:u32 payload            head_crc of the 16 bytes before it
//! ```
//!
//! A record's head has a checksum of its own, so that a length is trusted before its payload is read;
//! and no run of zeros is a valid head, so allocated space is told apart from records.
//!
//! `epoch` counts how often the log was opened for writing. Version 1 is frozen: `tests/frozen/v1` holds
//! a sample of it that a test reads for ever.

pub(crate) const VERSION: u32 = 1;
pub(crate) const SEGMENT_HEAD_BYTES: usize = 32;
pub(crate) const RECORD_HEAD_BYTES: usize = 20;

const MAGIC: &[u8; 8] = b"thrulwal";

/// What the head of a segment says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SegmentHead {
    pub(crate) version: u32,
    pub(crate) epoch: u64,
    pub(crate) first_seq: u64,
}

impl SegmentHead {
    pub(crate) fn encode(self) -> [u8; SEGMENT_HEAD_BYTES] {
        let mut bytes = [0; SEGMENT_HEAD_BYTES];
        bytes[..8].copy_from_slice(MAGIC);
        bytes[8..12].copy_from_slice(&self.version.to_le_bytes());
        bytes[12..20].copy_from_slice(&self.epoch.to_le_bytes());
        bytes[20..28].copy_from_slice(&self.first_seq.to_le_bytes());
        let crc = crc32c::crc32c(&bytes[..28]);
        bytes[28..].copy_from_slice(&crc.to_le_bytes());
        bytes
    }

    /// `None` when the bytes are no intact head.
    pub(crate) fn decode(bytes: &[u8; SEGMENT_HEAD_BYTES]) -> Option<Self> {
        let intact = bytes.starts_with(MAGIC) && crc32c::crc32c(&bytes[..28]) == u32_at(bytes, 28);
        intact.then(|| Self {
            version: u32_at(bytes, 8),
            epoch: u64_at(bytes, 12),
            first_seq: u64_at(bytes, 20),
        })
    }
}

/// What the head of a record says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RecordHead {
    pub(crate) len: u32,
    pub(crate) seq: u64,
    pub(crate) payload_crc: u32,
}

impl RecordHead {
    pub(crate) fn encode(self) -> [u8; RECORD_HEAD_BYTES] {
        let mut bytes = [0; RECORD_HEAD_BYTES];
        bytes[..4].copy_from_slice(&self.len.to_le_bytes());
        bytes[4..12].copy_from_slice(&self.seq.to_le_bytes());
        bytes[12..16].copy_from_slice(&self.payload_crc.to_le_bytes());
        let crc = crc32c::crc32c(&bytes[..16]);
        bytes[16..].copy_from_slice(&crc.to_le_bytes());
        bytes
    }

    /// `None` when the bytes are no intact head. `bytes` holds at least [`RECORD_HEAD_BYTES`].
    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        let intact = crc32c::crc32c(&bytes[..16]) == u32_at(bytes, 16);
        intact.then(|| Self {
            len: u32_at(bytes, 0),
            seq: seq_at(bytes),
            payload_crc: u32_at(bytes, 12),
        })
    }
}

/// The sequence number that a record head at the start of `bytes` would have; cheap to read before its
/// checksum is worth computing.
pub(crate) fn seq_at(bytes: &[u8]) -> u64 {
    u64_at(bytes, 4)
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let mut word = [0; 4];
    word.copy_from_slice(&bytes[at..at + 4]);
    u32::from_le_bytes(word)
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    let mut word = [0; 8];
    word.copy_from_slice(&bytes[at..at + 8]);
    u64::from_le_bytes(word)
}
