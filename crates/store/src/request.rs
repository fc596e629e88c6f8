//! A request as the log keeps it.
//!
//! | bytes | what |
//! |---|---|
//! | 1 | version of this header: 2, or 1 for a request without a digest |
//! | 1 | tag: the caller's, not looked at here |
//! | 2 | length of the dataset's name, little endian |
//! | 8 | arrival, nanoseconds since 1970-01-01 UTC, little endian |
//! | 16 | version 2 only: the digest, little endian |
//! | n | the dataset's name |
//! | rest | the body, as it was received |
//!
//! The log adds length and checksum of the whole. Programs that know version 1 only meet version 2 only
//! in a data directory whose `VERSION` they refuse.

use crate::Error;
use bytes::{BufMut, Bytes, BytesMut};

const PLAIN: u8 = 1;
const WITH_DIGEST: u8 = 2;
const HEAD_BYTES: usize = 12;
const DIGEST_BYTES: usize = 16;

/// What a client sent, kept as it came so that a restart decodes it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub dataset: String,
    /// Nanoseconds since 1970-01-01 UTC; given to the decoder again, so that a replay gives the same rows.
    pub arrival_nanos: i64,
    /// The caller's own: how the body is encoded, for instance.
    pub tag: u8,
    /// The same for an identical request sent again and different for any other: over the body before
    /// compression, its encoding and the dataset. `None`: never taken for one that was sent before.
    pub digest: Option<u128>,
    pub body: Bytes,
}

impl Request {
    /// The record for the log: [`Request::head`], then the body.
    pub fn encode(&self) -> Bytes {
        let mut record = self.start(self.body.len());
        record.put_slice(&self.body);
        record.freeze()
    }

    /// What the record has before the body.
    pub fn head(&self) -> Bytes {
        self.start(0).freeze()
    }

    fn start(&self, body_bytes: usize) -> BytesMut {
        let head_bytes = HEAD_BYTES + DIGEST_BYTES + self.dataset.len();
        let mut record = BytesMut::with_capacity(head_bytes + body_bytes);
        let version = self.digest.map_or(PLAIN, |_| WITH_DIGEST);
        record.put_u8(version);
        record.put_u8(self.tag);
        // A valid name has at most 128 bytes.
        record.put_u16_le(self.dataset.len() as u16);
        record.put_i64_le(self.arrival_nanos);
        if let Some(digest) = self.digest {
            record.put_u128_le(digest);
        }
        record.put_slice(self.dataset.as_bytes());
        record
    }

    /// The request in a record; the body is not copied.
    ///
    /// # Errors
    /// `Corrupt` when this is no record of a version that this program knows.
    pub fn decode(record: &Bytes) -> Result<Self, Error> {
        const SHORT: Error = Error::Record("it is shorter than its header");
        let (head, rest) = record.split_first_chunk::<HEAD_BYTES>().ok_or(SHORT)?;
        let [version, tag, name_low, name_high, arrival @ ..] = *head;
        let (digest, rest) = match version {
            PLAIN => (None, rest),
            WITH_DIGEST => {
                let (digest, rest) = rest.split_first_chunk::<DIGEST_BYTES>().ok_or(SHORT)?;
                (Some(u128::from_le_bytes(*digest)), rest)
            }
            _ => return Err(Error::Record("its version is unknown")),
        };
        let name_bytes = usize::from(u16::from_le_bytes([name_low, name_high]));
        let Some((name, body)) = rest.split_at_checked(name_bytes) else {
            return Err(Error::Record("it ends within the dataset's name"));
        };
        let dataset = std::str::from_utf8(name)
            .map_err(|_| Error::Record("the dataset's name is no text"))?;
        Ok(Self {
            dataset: dataset.to_owned(),
            arrival_nanos: i64::from_le_bytes(arrival),
            tag,
            digest,
            body: record.slice(record.len() - body.len()..),
        })
    }
}
