//! # take, limit
//!
//! The first rows of the order they have; of raw events, the newest. `limit` is the same. After a summary by time bins
//! and other groups, so many series are kept, with all their bins, unless the query put the rows in an order: those
//! with the largest first aggregation.
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
//!
//! ```apl
//! traces | summarize count() by bin(_time, 1m), kind | take 1 | project _time, kind, count_
//! ```
//!
//! | _time | kind | count_ |
//! |---|---|---|
//! | 2026-11-22T09:58:00Z | client | 2 |
//! | 2026-11-22T09:59:00Z | client | 1 |

use super::Surroundings;
use crate::bind::{Bound, Pipeline};
use crate::parser::{Parsed, Parser};
use crate::syntax::Operator;

/// Series of a summary by time bins.
mod series;

pub(super) fn parse(parser: &mut Parser<'_, '_>) -> Parsed<Operator> {
    Ok(Operator::Take(parser.row_count()?))
}

pub(super) fn bind(
    rows: usize,
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    if let Some(keys) = series::keys(pipeline) {
        return series::keep(rows, keys, pipeline, around);
    }
    pipeline.limit(rows, around.report, &around.range)?;
    pipeline.is_limited = true;
    Ok(())
}
