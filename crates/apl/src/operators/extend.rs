//! `extend a = x, b = y`: adds fields, or replaces those of the same name. Items see the fields before
//! the stage, not each other.

use super::{Surroundings, naming};
use crate::bind::pipeline::Output;
use crate::bind::{Bound, Pipeline};
use crate::parser::{Parsed, Parser};
use crate::syntax::Operator;
use crate::syntax::stage::Item;

pub(super) fn parse(parser: &mut Parser<'_, '_>) -> Parsed<Operator> {
    Ok(Operator::Extend(parser.items()?))
}

pub(super) fn bind(
    items: &[Item],
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let made = naming::outputs(items, pipeline, around)?;
    let mut outputs: Vec<Output> = pipeline.scope.fields.iter().map(Output::kept).collect();
    for output in made {
        match outputs
            .iter_mut()
            .find(|existing| existing.name == output.name)
        {
            Some(existing) => *existing = output,
            None => outputs.push(output),
        }
    }
    pipeline.project(outputs, around.report, &around.range)
}
