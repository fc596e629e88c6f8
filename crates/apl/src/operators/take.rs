//! `take N` = `limit N`: the first N rows of the order they have; of raw events, the newest.

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
