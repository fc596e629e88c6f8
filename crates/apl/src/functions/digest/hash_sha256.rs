//! # hash_sha256
//!
//! The SHA256 digest of the text of a value, in hexadecimal digits.
//!
//! ```apl
//! hash_sha256(value)
//! ```
//!
//! ## Example
//!
//! ```apl
//! hash_sha256("Hello World") -> a591a6d40bf420404a011733cfb7b190d62c65bf0bcda32b57b277d9ad9f146e
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;
use sha2::{Digest, Sha256};

pub(super) const FUNCTION: Function = Function::of_rows(
    &["hash_sha256"],
    "hash_sha256(value)",
    &[Takes::Text],
    Kind::Text,
    |rows| rows.texts(|row| Some(super::hexadecimal(&Sha256::digest(row.text(0)?)))),
);
