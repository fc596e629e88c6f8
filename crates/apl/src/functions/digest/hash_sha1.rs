//! # hash_sha1
//!
//! The SHA1 digest of the text of a value, in hexadecimal digits.
//!
//! ```apl
//! hash_sha1(value)
//! ```
//!
//! ## Example
//!
//! ```apl
//! hash_sha1("Hello World") -> 0a4d55a8d778e5022fab701977c5d840bbc486d0
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;
use sha1::{Digest, Sha1};

pub(super) const FUNCTION: Function = Function::of_rows(
    &["hash_sha1"],
    "hash_sha1(value)",
    &[Takes::Text],
    Kind::Text,
    |rows| rows.texts(|row| Some(super::hexadecimal(&Sha1::digest(row.text(0)?)))),
);
