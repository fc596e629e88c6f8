//! How much a packed body is likely to unfold to, to have room for it before it does. What a sender says of
//! it is believed only as far as it costs nobody but the sender: the decoder stops where the room ends.

use otlp::{Body, Compression};

/// Spans pack about 1 : 7.
const USUAL_RATIO: usize = 8;
/// Below this, being wrong costs more than the room.
const BYTES_MIN: usize = 32 << 10;
/// No byte of deflate says more than this.
const GZIP_RATIO_MAX: usize = 1032;

/// Bytes to set aside for unfolding `body`, at most `bytes_max`: all of that for a body that is not packed.
pub(super) fn estimate(body: &Body, bytes_max: usize) -> usize {
    let packed = body.bytes.len();
    let usual = packed.saturating_mul(USUAL_RATIO);
    let bytes = match body.compression {
        Compression::Identity => bytes_max,
        Compression::Gzip => match announced(&body.bytes) {
            Some(bytes) if bytes >= packed => bytes.min(packed.saturating_mul(GZIP_RATIO_MAX)),
            _ => usual,
        },
        Compression::Zstd => usual,
    };
    bytes.max(BYTES_MIN).min(bytes_max)
}

/// After `bytes` were too few. In steps as large as a usual body's, so that the work that was done for
/// nothing is a small part of the whole.
pub(super) fn next(bytes: usize, bytes_max: usize) -> usize {
    bytes.saturating_mul(USUAL_RATIO).min(bytes_max)
}

/// The last four bytes of gzip: the length of the last member, which mostly is the only one.
fn announced(gzip: &[u8]) -> Option<usize> {
    let length = gzip.last_chunk::<4>()?;
    usize::try_from(u32::from_le_bytes(*length)).ok()
}
