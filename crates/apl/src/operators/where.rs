//! `where condition`: keeps the rows for which the condition is true.

use super::Surroundings;
use crate::bind::{self, Bound, Pipeline};
use crate::parser::{Parsed, Parser};
use crate::syntax::{Expression, Operator};

pub(super) fn parse(parser: &mut Parser<'_, '_>) -> Parsed<Operator> {
    Ok(Operator::Where(parser.expression()?))
}

pub(super) fn bind(
    condition: &Expression,
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let condition = around.binder(pipeline).condition(condition)?;
    let filter = bind::as_filter(condition);
    pipeline.filter(filter, around.report, &around.range)
}
