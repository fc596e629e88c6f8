//! The bytes of a segment, format 2. All integers are little-endian, all checksums CRC-32C.
//!
//! ```text
//! segment  head head record* zero*       the head twice; the zeros are space allocated ahead
//! head     "thrulwal" version:u32 epoch:u64 first_seq:u64 crc:u32 salt:u64 crc:u32 0:u32    48 bytes
//! record   tag:u32 len:u32 seq:u64 before:u32 after:u32 payload_crc:u32 head_crc:u32 payload
//! void     tag:u32 len:u32 seq:u64 count:u32 0:u32 0:u32 head_crc:u32 anything
//! ```
//!
//! * A head's first 32 bytes are laid out as in format 1, so that a program of then sees that the version
//!   is not its own and touches nothing. The second crc is of the 40 bytes before it.
//! * Records that share one write and one sync are a **group**: `before` records of it precede this one,
//!   `after` bytes of it follow it. A group is begun only when the one before it is on disk.
//! * A **void** stands for `count` numbers from `seq` on that are not in the log: what is missing of a
//!   group that nobody was promised. `len` bytes behind it mean nothing. One that counts nothing is the
//!   end of a segment: everything before it was acknowledged.
//! * `salt` is drawn once for a log. `tag` is its lower half (in a void with every bit turned over), and
//!   `head_crc` is the crc of the 28 bytes before it, xor the upper half. So what a client sends cannot
//!   be taken for a record when the log is searched for the next one behind a damaged head.
//! * A record's head has a checksum of its own, so that a length is trusted before its payload is read.
//!   No run of zeros is a valid head: the lower half of a salt is never 0.
//!
//! `epoch` counts how often the log was opened for writing. Both formats are frozen: `tests/frozen` holds
//! samples of them that a test reads for ever. Format 1, which is read and no longer written:
//!
//! ```text
//! segment  head record* zero*
//! head     "thrulwal" version:u32 epoch:u64 first_seq:u64 crc:u32                           32 bytes
//! record   len:u32 seq:u64 payload_crc:u32 head_crc:u32 payload            head_crc of the 16 bytes before it
//! ```

/// The bytes of a record's head, in either format.
mod record;

pub(crate) use record::{Head, RECORD_HEAD_BYTES, RecordHead, Void};

/// The version that is written, and the newest that is read.
pub(crate) const VERSION: u32 = 2;
/// No log gets this far; a larger number is damage, and sums with it do not overflow.
pub(crate) const SEQ_MAX: u64 = u64::MAX / 4;
/// Where the first record of a segment of format 2 starts.
pub(crate) const SEGMENT_HEAD_BYTES: usize = 2 * COPY_BYTES;

const MAGIC: &[u8; 8] = b"thrulwal";
const COPY_BYTES: usize = 48;
const V1_HEAD_BYTES: usize = 32;

/// How the records of a segment are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    V1,
    V2 { salt: u64 },
}

impl Format {
    /// Where the first record starts.
    pub(crate) fn segment_head_bytes(self) -> u64 {
        match self {
            Self::V1 => V1_HEAD_BYTES as u64,
            Self::V2 { .. } => SEGMENT_HEAD_BYTES as u64,
        }
    }
}

/// What the head of a segment says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SegmentHead {
    pub(crate) format: Format,
    pub(crate) epoch: u64,
}

/// What the first bytes of a segment are.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Start {
    Head(SegmentHead),
    /// Of a program newer than this one.
    Unknown {
        version: u32,
    },
    Damaged,
}

/// The head of a new segment.
pub(crate) fn segment_head(epoch: u64, first_seq: u64, salt: u64) -> [u8; SEGMENT_HEAD_BYTES] {
    let mut copy = [0; COPY_BYTES];
    copy[..8].copy_from_slice(MAGIC);
    copy[8..12].copy_from_slice(&VERSION.to_le_bytes());
    copy[12..20].copy_from_slice(&epoch.to_le_bytes());
    copy[20..28].copy_from_slice(&first_seq.to_le_bytes());
    let crc = crc32c::crc32c(&copy[..28]);
    copy[28..32].copy_from_slice(&crc.to_le_bytes());
    copy[32..40].copy_from_slice(&salt.to_le_bytes());
    let crc = crc32c::crc32c(&copy[..40]);
    copy[40..44].copy_from_slice(&crc.to_le_bytes());
    let mut bytes = [0; SEGMENT_HEAD_BYTES];
    bytes[..COPY_BYTES].copy_from_slice(&copy);
    bytes[COPY_BYTES..].copy_from_slice(&copy);
    bytes
}

/// Reads what a segment starts with; `bytes` may be shorter than a head.
pub(crate) fn read_segment_head(bytes: &[u8]) -> Start {
    let copies = [bytes, bytes.get(COPY_BYTES..).unwrap_or_default()];
    let starts = copies.map(read_copy);
    starts
        .into_iter()
        .find(|start| *start != Start::Damaged)
        .unwrap_or(Start::Damaged)
}

fn read_copy(bytes: &[u8]) -> Start {
    let is_head = bytes.len() >= V1_HEAD_BYTES
        && bytes.starts_with(MAGIC)
        && crc32c::crc32c(&bytes[..28]) == u32_at(bytes, 28);
    if !is_head {
        return Start::Damaged;
    }
    let epoch = u64_at(bytes, 12);
    let format = match u32_at(bytes, 8) {
        1 => Format::V1,
        VERSION => {
            let is_whole =
                bytes.len() >= COPY_BYTES && crc32c::crc32c(&bytes[..40]) == u32_at(bytes, 40);
            if !is_whole {
                return Start::Damaged;
            }
            Format::V2 {
                salt: u64_at(bytes, 32),
            }
        }
        version => return Start::Unknown { version },
    };
    Start::Head(SegmentHead { format, epoch })
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
