//! # parse_urlquery
//!
//! The parameters of the query of an address, as a map; of two with one name the last.
//!
//! ```apl
//! parse_urlquery(text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! parse_urlquery("page=1&sort=a%20b") -> {"page":"1","sort":"a b"}
//! parse_urlquery("?x=1+2") -> {"x":"1 2"}
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["parse_urlquery"],
    "parse_urlquery(text)",
    &[Takes::Text],
    Kind::Bag,
    |rows| rows.json(|row| Some(super::query(row.text(0)?.trim_start_matches('?')))),
);
