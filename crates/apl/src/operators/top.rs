//! # top
//!
//! The first rows when sorted by an expression, descending unless it says `asc`.
//!
//! ```apl
//! rows | top number by expression [asc | desc] [nulls first | nulls last]
//! ```
//!
//! ## Example
//!
//! ```apl
//! datatable (a:long) [1, 3, 2] | top 2 by a
//! ```
//!
//! | a |
//! |---|
//! | 3 |
//! | 2 |

use super::{Surroundings, sort};
use crate::bind::{Bound, Pipeline};
use crate::parser::{Parsed, Parser};
use crate::syntax::Operator;
use crate::syntax::stage::SortKey;

pub(super) fn parse(parser: &mut Parser<'_, '_>) -> Parsed<Operator> {
    let rows = parser.row_count()?;
    parser.expect_word("by")?;
    Ok(Operator::Top {
        rows,
        key: parser.sort_key()?,
    })
}

pub(super) fn bind(
    rows: usize,
    key: &SortKey,
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    sort::bind(std::slice::from_ref(key), pipeline, around)?;
    pipeline.limit(rows, around.report, &around.range)?;
    pipeline.is_limited = true;
    Ok(())
}
