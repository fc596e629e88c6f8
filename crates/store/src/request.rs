//! A request as the log keeps it.
//!
//! | bytes | what |
//! |---|---|
//! | 1 | version of this header: 1 |
//! | 1 | tag: the caller's, not looked at here |
//! | 2 | length of the dataset's name, little endian |
//! | 8 | arrival, nanoseconds since 1970-01-01 UTC, little endian |
//! | n | the dataset's name |
//! | rest | the body, as it was received |
//!
//! The log adds length and checksum of the whole.

use crate::Error;
use bytes::{BufMut, Bytes, BytesMut};

const VERSION: u8 = 1;
const HEAD_BYTES: usize = 12;

/// What a client sent, kept as it came so that a restart decodes it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub dataset: String,
    /// Nanoseconds since 1970-01-01 UTC; given to the decoder again, so that a replay gives the same rows.
    pub arrival_nanos: i64,
    /// The caller's own: how the body is encoded, for instance.
    pub tag: u8,
    pub body: Bytes,
}

impl Request {
    /// The record for the log.
    pub fn encode(&self) -> Bytes {
        let mut record = BytesMut::with_capacity(HEAD_BYTES + self.dataset.len() + self.body.len());
        record.put_u8(VERSION);
        record.put_u8(self.tag);
        // A valid name has at most 128 bytes.
        record.put_u16_le(self.dataset.len() as u16);
        record.put_i64_le(self.arrival_nanos);
        record.put_slice(self.dataset.as_bytes());
        record.put_slice(&self.body);
        record.freeze()
    }

    /// The request in a record; the body is not copied.
    ///
    /// # Errors
    /// `Corrupt` when this is no record of a version that this program knows.
    pub fn decode(record: &Bytes) -> Result<Self, Error> {
        let Some((head, rest)) = record.split_first_chunk::<HEAD_BYTES>() else {
            return Err(Error::Record("it is shorter than its header"));
        };
        let [version, tag, name_low, name_high, arrival @ ..] = *head;
        if version != VERSION {
            return Err(Error::Record("its version is unknown"));
        }
        let name_bytes = usize::from(u16::from_le_bytes([name_low, name_high]));
        let Some((name, _)) = rest.split_at_checked(name_bytes) else {
            return Err(Error::Record("it ends within the dataset's name"));
        };
        let dataset = std::str::from_utf8(name)
            .map_err(|_| Error::Record("the dataset's name is no text"))?;
        Ok(Self {
            dataset: dataset.to_owned(),
            arrival_nanos: i64::from_le_bytes(arrival),
            tag,
            body: record.slice(HEAD_BYTES + name_bytes..),
        })
    }
}
