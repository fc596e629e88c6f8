//! # parse-where
//!
//! The same as `parse`, and rows that do not match are dropped.
//!
//! ```apl
//! rows | parse-where [kind=simple|regex|relaxed] expression with [*] "literal" field[:type] … [*]
//! ```
//!
//! ## Example
//!
//! ```apl
//! datatable (line:string) ["id=1", "none", "id=2"] | parse-where line with "id=" id:long | project id
//! ```
//!
//! | id |
//! |---|
//! | 1 |
//! | 2 |

use super::parse;
use crate::parser::{Parsed, Parser};
use crate::syntax::Operator;

pub(super) fn parse(parser: &mut Parser<'_, '_>) -> Parsed<Operator> {
    parse::read(parser, true)
}
