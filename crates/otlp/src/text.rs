//! Attribute values as text: JSON for what has structure, base64 for bytes.

use crate::Error;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use std::io::Write;

/// Text that is not UTF-8, which protobuf does not allow.
pub(crate) const NOT_UTF8: Error = Error::Malformed("a text is not UTF-8");

pub(crate) fn base64(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend_from_slice(BASE64_STANDARD.encode(bytes).as_bytes());
}

pub(crate) fn integer(out: &mut Vec<u8>, value: i64) {
    // Writing to memory does not fail.
    let _ = write!(out, "{value}");
}

/// A float as JSON writes it, so that it reads back as the same number.
pub(crate) fn float(value: f64) -> String {
    if value.is_nan() {
        "NaN".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 {
            "Infinity".to_owned()
        } else {
            "-Infinity".to_owned()
        }
    } else {
        format!("{value:?}")
    }
}

/// How long [`quote`] makes a text, at most.
pub(crate) fn quoted_bytes(text: &[u8]) -> usize {
    let escaped = |byte: &&u8| **byte < b' ' || **byte == b'"' || **byte == b'\\';
    2 + text.len() + 5 * text.iter().filter(escaped).count()
}

/// A JSON string.
pub(crate) fn quote(out: &mut Vec<u8>, text: &[u8]) -> Result<(), Error> {
    let text = std::str::from_utf8(text).map_err(|_| NOT_UTF8)?;
    serde_json::to_writer(out, text).map_err(Error::Json)
}

/// Lower-case hex.
pub(crate) fn hex(bytes: &[u8], out: &mut Vec<u8>) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    out.extend(digits.map(|digit| DIGITS[usize::from(digit)]));
}
