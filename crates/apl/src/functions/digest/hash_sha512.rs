//! # hash_sha512
//!
//! The SHA512 digest of the text of a value, in hexadecimal digits.
//!
//! ```apl
//! hash_sha512(value)
//! ```
//!
//! ## Example
//!
//! ```apl
//! hash_sha512("Hello World") -> 2c74fd17edafd80e8447b0d46741ee243b7eb74dd2149a0ab1b9246fb30382f27e853d8585719e0e67cbda0daa8f51671064615d645ae27acb15bfb1447f459b
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;
use sha2::{Digest, Sha512};

pub(super) const FUNCTION: Function = Function::of_rows(
    &["hash_sha512"],
    "hash_sha512(value)",
    &[Takes::Text],
    Kind::Text,
    |rows| rows.texts(|row| Some(super::hexadecimal(&Sha512::digest(row.text(0)?)))),
);
