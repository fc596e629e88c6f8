//! OTLP trace requests to Arrow columns, and the answers OTLP clients expect.
//!
//! [`Message`] is one request, inflated; [`Message::decode`] turns it into one sparse batch of `model::span` columns. It is
//! deterministic: the same bytes and the same arrival time give the same batch, so a log that keeps
//! requests can be replayed.
//!
//! What becomes of what a request carries:
//!
//! * A span whose ids are unusable, or whose attributes nest too deep, is **rejected** and counted by
//!   reason ([`rejection`]); the other spans of the request are kept. A request that cannot be read at
//!   all is an [`Error`].
//! * An attribute goes to its own column when its value has exactly the column's type (an integer also
//!   fits a float column when nothing is lost). Anything else goes to the `custom` map as text: a string
//!   as it is, bytes in base64, everything else as JSON. So no type clash rejects a span or loses a value.
//! * Keys are unique in OTLP; where a client repeats one, the last value wins. Maps are sorted by key.
//! * An end before the start is a duration of 0. Times beyond the year 2262 become its last nanosecond.
//! * A service without a name is `unknown_service`.
//!
//! Nothing that OTLP carries is lost but fields that this version does not know.
//!
//! The way through: `encoding` → `inflate` → (`json` →) `walk`, which reads protobuf's `wire` format and
//! appends to `columns`. JSON becomes protobuf first.

/// The bodies of the answers OTLP clients expect.
pub mod answer;
/// Columns under construction.
mod columns;
/// What tells whether two messages are the same.
mod digest;
/// How a request is written and packed, from its headers.
mod encoding;
/// Why a whole request is refused.
mod error;
/// Events in JSON and CSV, as rows of the one layout.
pub mod events;
/// Decompression that stops at a limit.
mod inflate;
/// OTLP/JSON to protobuf.
mod json;
/// How large a request may be.
mod limits;
/// Which attribute has a column of its own.
mod names;
/// Why single spans are rejected.
pub mod rejection;
/// Attribute values as text.
mod text;
/// Attributes on the wire.
mod value;
/// A request's protobuf bytes to columns, in one pass.
mod walk;
/// Protobuf's wire format.
mod wire;

pub use encoding::{Compression, Encoding};
pub use error::Error;
pub use limits::Limits;
pub use rejection::Rejection;

use arrow::record_batch::RecordBatch;
use bytes::Bytes;
/// A request as received.
#[derive(Clone, Debug)]
pub struct Body {
    pub encoding: Encoding,
    pub compression: Compression,
    pub bytes: Bytes,
}

/// What a request holds.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// The accepted spans, in the order of the request; `None` when there are none. It has the columns
    /// of `model::span::buffered_schema` that have a value, in that order, and all that are never null.
    pub batch: Option<RecordBatch>,
    /// How many spans were accepted: the batch's rows.
    pub spans: u64,
    /// Spans that were not, by reason.
    pub rejected: Vec<Rejection>,
}

/// A request's message: what its body holds when it is no longer compressed.
#[derive(Clone, Debug)]
pub struct Message {
    encoding: Encoding,
    bytes: Bytes,
}

impl Message {
    /// Inflates a body.
    ///
    /// # Errors
    /// `Invalid` when it is not compressed as it says, `Exhausted` when it is larger than a limit.
    pub fn inflate(body: &Body, limits: &Limits) -> Result<Self, Error> {
        Ok(Self {
            encoding: body.encoding,
            bytes: inflate::inflate(body, limits.body_bytes_max)?,
        })
    }

    /// Protobuf or JSON, as it was sent.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What tells whether two messages to `dataset` are the same, whatever they were compressed with: a
    /// client that sends a request again compresses it anew. Stable over restarts and versions.
    pub fn digest(&self, dataset: &str) -> u128 {
        digest::of(self.encoding, dataset, &self.bytes)
    }

    /// Decodes a request that arrived at `arrival_nanos` (since 1970-01-01 UTC), which becomes `_sysTime`.
    ///
    /// # Errors
    /// `Invalid` when the bytes are no such request, `Exhausted` when it is larger than a limit.
    pub fn decode(&self, arrival_nanos: i64, limits: &Limits) -> Result<Decoded, Error> {
        match self.encoding {
            Encoding::Protobuf => walk::decode(&self.bytes, arrival_nanos, limits),
            Encoding::Json => {
                let message = json::to_protobuf(&self.bytes, limits)?;
                walk::decode(&message, arrival_nanos, limits)
            }
        }
    }
}

/// [`Message::inflate`] and [`Message::decode`] in one.
///
/// # Errors
/// As theirs.
pub fn decode(body: &Body, arrival_nanos: i64, limits: &Limits) -> Result<Decoded, Error> {
    Message::inflate(body, limits)?.decode(arrival_nanos, limits)
}
