//! # distinct
//!
//! The different combinations of these fields; `*` stands for all fields.
//!
//! ```apl
//! rows | distinct field, name = expression, …
//! rows | distinct *
//! ```
//!
//! ## Example
//!
//! ```apl
//! datatable (a:string) ["x", "y", "x"] | distinct a
//! ```
//!
//! | a |
//! |---|
//! | x |
//! | y |

use super::{Surroundings, summarize};
use crate::bind::{Bound, Pipeline};
use crate::parser::{Parsed, Parser};
use crate::syntax::Operator;
use crate::syntax::expression::{Expression, Node};
use crate::syntax::stage::Item;

pub(super) fn parse(parser: &mut Parser<'_, '_>) -> Parsed<Operator> {
    if parser.take_sign("*") {
        return Ok(Operator::Distinct(Vec::new()));
    }
    Ok(Operator::Distinct(parser.items()?))
}

pub(super) fn bind(
    items: &[Item],
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    if !items.is_empty() {
        return summarize::bind(&[], items, pipeline, around);
    }
    let fields = pipeline.scope.fields.iter();
    let all: Vec<Item> = fields
        .map(|field| Item {
            name: Some(field.name.clone()),
            expression: Expression {
                node: Node::Field(field.name.clone()),
                range: around.range.clone(),
            },
        })
        .collect();
    summarize::bind(&[], &all, pipeline, around)
}
