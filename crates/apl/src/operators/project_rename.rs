//! # project-rename
//!
//! The same fields under other names, all at once, so that `a = b, b = a` swaps two. A field that had a new
//! name before is gone.
//!
//! ```apl
//! rows | project-rename new = old, …
//! ```
//!
//! ## Example
//!
//! ```apl
//! print a = 1, b = 2 | project-rename a = b, b = a
//! ```
//!
//! | b | a |
//! |---|---|
//! | 1 | 2 |

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
    let mut renames: Vec<(&str, &str)> = Vec::with_capacity(items.len());
    for item in items {
        let (new, old) = names(item, pipeline, around)?;
        let range = &item.expression.range;
        if renames.iter().any(|(earlier, _)| *earlier == new) {
            let message = format!("two fields are renamed to '{new}': expected different names");
            return Err(around.report.error(range, message));
        }
        if renames.iter().any(|(_, earlier)| *earlier == old) {
            let message = format!("'{old}' is renamed twice: expected one new name");
            return Err(around.report.error(range, message));
        }
        renames.push((new, old));
    }
    let mut outputs = Vec::with_capacity(pipeline.scope.fields.len());
    for field in &pipeline.scope.fields {
        let output = Output::kept(field);
        match renames.iter().find(|(_, old)| *old == field.name) {
            Some((new, _)) => outputs.push(Output {
                name: (*new).to_owned(),
                made: true,
                ..output
            }),
            None if renames.iter().any(|(new, _)| *new == field.name) => {}
            None => outputs.push(output),
        }
    }
    pipeline.project(outputs, around.report, &around.range)
}

/// The new and the old name of a field in sight.
fn names<'i>(
    item: &'i Item,
    pipeline: &Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<(&'i str, &'i str)> {
    let range = &item.expression.range;
    let (Some(new), Node::Field(old)) = (&item.name, &item.expression.node) else {
        let message = "expected new = old, both of them names";
        return Err(around.report.error(range, message));
    };
    around.binder(pipeline).bind(&item.expression)?;
    if pipeline.scope.get(old).is_none() {
        let message = format!("'{old}' is not the full name of a field: expected one to rename");
        return Err(around.report.error(range, message));
    }
    Ok((new, old))
}
