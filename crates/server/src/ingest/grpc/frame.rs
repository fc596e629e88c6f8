//! The five bytes before a message: whether it is compressed, and its length.

use bytes::{BufMut, Bytes, BytesMut};

pub(super) const HEAD: usize = 5;

/// The one message of a unary call: whether it is compressed, and its bytes, not copied.
pub(super) fn single(mut body: Bytes) -> Result<(bool, Bytes), &'static str> {
    let Some(head) = body.first_chunk::<HEAD>().copied() else {
        return Err("the request holds no message");
    };
    let [flag, length @ ..] = head;
    let compressed = match flag {
        0 => false,
        1 => true,
        _ => return Err("the first byte of a message says 0 or 1: whether it is compressed"),
    };
    let message = body.split_off(HEAD);
    match message
        .len()
        .checked_sub(u32::from_be_bytes(length) as usize)
    {
        Some(0) => Ok((compressed, message)),
        Some(_) => Err("the call takes one message, and there is more"),
        None => Err("the message is shorter than it says"),
    }
}

/// An uncompressed message, ready to be sent.
pub(super) fn framed(message: &[u8]) -> Bytes {
    let mut framed = BytesMut::with_capacity(HEAD + message.len());
    framed.put_u8(0);
    // Answers are a few hundred bytes.
    framed.put_u32(u32::try_from(message.len()).unwrap_or(u32::MAX));
    framed.put_slice(message);
    framed.freeze()
}
