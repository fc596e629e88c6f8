//! # hash_md5
//!
//! The MD5 digest of the text of a value, in hexadecimal digits.
//!
//! ```apl
//! hash_md5(value)
//! ```
//!
//! ## Example
//!
//! ```apl
//! hash_md5("Hello World") -> b10a8db164e0754105b7a99be72e3fe5
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;
use md5::{Digest, Md5};

pub(super) const FUNCTION: Function = Function::of_rows(
    &["hash_md5"],
    "hash_md5(value)",
    &[Takes::Text],
    Kind::Text,
    |rows| rows.texts(|row| Some(super::hexadecimal(&Md5::digest(row.text(0)?)))),
);
