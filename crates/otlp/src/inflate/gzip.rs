//! gzip in one go, with libdeflate: it is twice as fast as a decoder that may stop anywhere, and wants the
//! output's room beforehand.
//!
//! The room is a guess that grows up to the limit. What the trailer says of the size is the sender's word: it
//! is taken as a guess only, and only as far as deflate could have packed that much.

use super::too_large;
use crate::Error;
use bytes::Bytes;
use std::io;

/// Deflate's best: 258 bytes in two bits.
const RATIO_MAX: usize = 1032;

/// All members of `packed`, one after the other: gzip allows several, and they are one message.
pub(super) fn inflate(packed: &[u8], bytes_max: usize) -> Result<Bytes, Error> {
    let mut decoder = member::Decoder::new()?;
    let mut out = Vec::with_capacity(guess(packed, bytes_max));
    let mut rest = packed;
    loop {
        match decoder.member(rest, &mut out) {
            member::Outcome::Done { read } => {
                rest = &rest[read..];
                if out.len() > bytes_max {
                    return Err(too_large(bytes_max));
                }
                if rest.is_empty() {
                    return Ok(out.into());
                }
            }
            // One byte above the limit is enough to know.
            member::Outcome::NoRoom if out.capacity() > bytes_max => {
                return Err(too_large(bytes_max));
            }
            member::Outcome::NoRoom => {
                let capacity = (out.capacity() * 2).max(4096).min(bytes_max + 1);
                out.reserve_exact(capacity - out.len());
            }
            member::Outcome::Bad => {
                let bad = io::Error::new(io::ErrorKind::InvalidData, "it is not whole gzip");
                return Err(Error::Compressed(bad));
            }
        }
    }
}

fn guess(packed: &[u8], bytes_max: usize) -> usize {
    let announced = packed
        .last_chunk::<4>()
        .map_or(0, |size| u32::from_le_bytes(*size) as usize);
    let usual = packed.len().saturating_mul(8);
    let possible = packed.len().saturating_mul(RATIO_MAX);
    let guess = if announced > packed.len() / 2 {
        announced
    } else {
        usual
    };
    guess.min(possible).min(bytes_max) + 1
}

/// One member: the only place of this crate that calls into C.
#[allow(
    unsafe_code,
    reason = "libdeflate's safe wrapper does not say where a member ends"
)]
mod member {
    use crate::Error;
    use libdeflate_sys as sys;
    use std::io;
    use std::ptr::NonNull;

    pub(super) enum Outcome {
        /// The member took this many bytes of the input, at least one.
        Done {
            read: usize,
        },
        /// The output has too little room; nothing was added to it.
        NoRoom,
        Bad,
    }

    pub(super) struct Decoder(NonNull<sys::libdeflate_decompressor>);

    impl Decoder {
        pub(super) fn new() -> Result<Self, Error> {
            // SAFETY: it has no preconditions; null says that there was no memory.
            let decoder = NonNull::new(unsafe { sys::libdeflate_alloc_decompressor() });
            let memory = || Error::Compressed(io::ErrorKind::OutOfMemory.into());
            decoder.map(Self).ok_or_else(memory)
        }

        /// Appends what the first member of `packed` holds to `out`, within its capacity.
        pub(super) fn member(&mut self, packed: &[u8], out: &mut Vec<u8>) -> Outcome {
            let room = out.spare_capacity_mut();
            let (mut read, mut written) = (0, 0);
            // SAFETY: the decoder is ours alone; input and output are live slices of these lengths, and
            // libdeflate reads and writes no further. It writes the output without reading it.
            let result = unsafe {
                sys::libdeflate_gzip_decompress_ex(
                    self.0.as_ptr(),
                    packed.as_ptr().cast(),
                    packed.len(),
                    room.as_mut_ptr().cast(),
                    room.len(),
                    &raw mut read,
                    &raw mut written,
                )
            };
            match result {
                sys::libdeflate_result_LIBDEFLATE_SUCCESS if read > 0 && read <= packed.len() => {
                    let length = out.len() + written;
                    debug_assert!(length <= out.capacity());
                    // SAFETY: on success the first `written` bytes of the spare capacity are initialised.
                    unsafe { out.set_len(length) };
                    Outcome::Done { read }
                }
                sys::libdeflate_result_LIBDEFLATE_INSUFFICIENT_SPACE => Outcome::NoRoom,
                _ => Outcome::Bad,
            }
        }
    }

    impl Drop for Decoder {
        fn drop(&mut self) {
            // SAFETY: it was allocated by libdeflate and is freed once.
            unsafe { sys::libdeflate_free_decompressor(self.0.as_ptr()) }
        }
    }
}
