//! Decompression that stops at a limit. Decoders and buffers are made anew for each request: a reused
//! one could show one client's bytes to another.

use crate::{Body, Compression, Error};
use bytes::Bytes;
use std::io::Read;

/// gzip in one go.
mod gzip;

/// RFC 9659: a sender may ask for a window of 8 MiB and no more.
const ZSTD_WINDOW_LOG_MAX: u32 = 23;

/// The message in `body`, at most `bytes_max` long.
pub(crate) fn inflate(body: &Body, bytes_max: usize) -> Result<Bytes, Error> {
    let packed = &*body.bytes;
    match body.compression {
        Compression::Identity if packed.len() > bytes_max => Err(too_large(bytes_max)),
        Compression::Identity => Ok(body.bytes.clone()),
        Compression::Gzip => gzip::inflate(packed, bytes_max),
        Compression::Zstd => zstd(packed, bytes_max),
    }
}

fn zstd(packed: &[u8], bytes_max: usize) -> Result<Bytes, Error> {
    let mut decoder =
        zstd::stream::read::Decoder::with_buffer(packed).map_err(Error::Compressed)?;
    decoder
        .window_log_max(ZSTD_WINDOW_LOG_MAX)
        .map_err(Error::Compressed)?;
    // Spans pack about 1 : 7. The size that a frame declares is the sender's word and not used.
    let mut bytes = Vec::with_capacity(packed.len().saturating_mul(8).min(bytes_max));
    // One byte above the limit is enough to know.
    let mut bounded = decoder.take(bytes_max as u64 + 1);
    bounded.read_to_end(&mut bytes).map_err(Error::Compressed)?;
    if bytes.len() > bytes_max {
        return Err(too_large(bytes_max));
    }
    Ok(bytes.into())
}

fn too_large(limit: usize) -> Error {
    Error::TooLarge {
        what: "bytes",
        limit,
    }
}
