//! Requests out of the log, after a restart: the log keeps them as they were sent, with a tag that says how
//! they are written.

use crate::message;
use arrow::array::RecordBatch;
use otlp::{Body, Compression, Encoding, Limits};

/// What earlier versions accepted is not judged again by a stricter limit.
const PARTS_MAX: usize = 2_000_000;

/// Decodes a request again from the log: the same bytes and arrival give the same spans.
pub(crate) fn decode(request: &store::Request) -> Result<Option<RecordBatch>, String> {
    let (encoding, compression) = untag(request.tag).ok_or_else(|| {
        format!(
            "the log holds a request of kind {}, which this version does not know",
            request.tag
        )
    })?;
    let body = Body {
        encoding,
        compression,
        bytes: request.body.clone(),
    };
    let limits = Limits {
        parts_max: PARTS_MAX,
        ..Limits::default()
    };
    otlp::decode(&body, request.arrival_nanos, &limits)
        .map(|decoded| decoded.batch)
        .map_err(|error| message::whole(&error))
}

/// Encoding and compression as the store keeps them with a request. Persisted: never change a number.
pub(super) fn tag(encoding: Encoding, compression: Compression) -> u8 {
    let encoding = match encoding {
        Encoding::Protobuf => 0,
        Encoding::Json => 1,
    };
    let compression = match compression {
        Compression::Identity => 0,
        Compression::Gzip => 1,
        Compression::Zstd => 2,
    };
    compression << 4 | encoding
}

fn untag(tag: u8) -> Option<(Encoding, Compression)> {
    let encoding = match tag & 0x0f {
        0 => Encoding::Protobuf,
        1 => Encoding::Json,
        _ => return None,
    };
    let compression = match tag >> 4 {
        0 => Compression::Identity,
        1 => Compression::Gzip,
        2 => Compression::Zstd,
        _ => return None,
    };
    Some((encoding, compression))
}
