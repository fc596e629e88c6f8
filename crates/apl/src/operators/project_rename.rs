//! `project-rename new = old`: the same fields under other names.

use super::Surroundings;
use crate::bind::pipeline::Output;
use crate::bind::{Bound, Pipeline};
use crate::parser::{Parsed, Parser};
use crate::syntax::Operator;
use crate::syntax::expression::Node;
use crate::syntax::stage::Item;

pub(super) fn parse(parser: &mut Parser<'_, '_>) -> Parsed<Operator> {
    Ok(Operator::ProjectRename(parser.items()?))
}

pub(super) fn bind(
    items: &[Item],
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let mut outputs: Vec<Output> = pipeline.scope.fields.iter().map(Output::kept).collect();
    for item in items {
        let range = &item.expression.range;
        let (Some(new), Node::Field(old)) = (&item.name, &item.expression.node) else {
            return Err(around
                .report
                .error(range, "expected new = old, both of them names"));
        };
        around.binder(pipeline).bind(&item.expression)?;
        let Some(place) = pipeline
            .scope
            .fields
            .iter()
            .position(|field| field.name == *old)
        else {
            let message =
                format!("'{old}' is not the full name of a field: expected one to rename");
            return Err(around.report.error(range, message));
        };
        outputs.retain(|output| output.name != *new || output.name == *old);
        let field = Output::kept(&pipeline.scope.fields[place]);
        if let Some(output) = outputs.iter_mut().find(|output| output.name == *old) {
            *output = Output {
                name: new.clone(),
                made: true,
                ..field
            };
        }
    }
    pipeline.project(outputs, around.report, &around.range)
}
