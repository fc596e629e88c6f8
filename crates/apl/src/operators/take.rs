//! # take, limit
//!
//! The first rows of the order they have; of raw events, the newest. `limit` is the same.
//!
//! ```apl
//! rows | take number
//! ```
//!
//! ## Example
//!
//! ```apl
//! datatable (a:long) [1, 3, 2] | sort by a | take 1
//! ```
//!
//! | a |
//! |---|
//! | 3 |

use super::Surroundings;
use crate::bind::{Bound, Pipeline};
use crate::parser::{Parsed, Parser};
use crate::syntax::Operator;

pub(super) fn parse(parser: &mut Parser<'_, '_>) -> Parsed<Operator> {
    Ok(Operator::Take(parser.row_count()?))
}

pub(super) fn bind(
    rows: usize,
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    pipeline.limit(rows, around.report, &around.range)?;
    pipeline.is_limited = true;
    Ok(())
}
