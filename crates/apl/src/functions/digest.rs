//! Digests. What is no string is hashed as its text.

use super::Function;

/// A number of 64 bits that is the same for the same text (xxHash 64), and different with a different ….
mod hash;
/// The MD5 digest of the text of a value, in hexadecimal digits.
mod hash_md5;
/// The SHA1 digest of the text of a value, in hexadecimal digits.
mod hash_sha1;
/// The SHA256 digest of the text of a value, in hexadecimal digits.
mod hash_sha256;
/// The SHA512 digest of the text of a value, in hexadecimal digits.
mod hash_sha512;

pub(super) const FUNCTIONS: &[Function] = &[
    hash::FUNCTION,
    hash_md5::FUNCTION,
    hash_sha1::FUNCTION,
    hash_sha256::FUNCTION,
    hash_sha512::FUNCTION,
];

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
