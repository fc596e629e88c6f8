//! # extend
//!
//! Adds fields, or replaces those of the same name. Items see the fields before the stage, not each other.
//!
//! ```apl
//! rows | extend field = expression, …
//! ```
//!
//! ## Example
//!
//! ```apl
//! print a = 1 | extend b = a + 1, a = 5
//! ```
//!
//! | a | b |
//! |---|---|
//! | 5 | 2 |

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
    add(made, pipeline, around)
}

/// Adds these fields, in place of those of the same name.
pub(super) fn add(
    made: Vec<Output>,
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
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
