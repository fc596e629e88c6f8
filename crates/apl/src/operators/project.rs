//! # project
//!
//! These fields, in this order, and no others.
//!
//! ```apl
//! rows | project field, name = expression, …
//! ```
//!
//! ## Example
//!
//! ```apl
//! print a = 1, b = 2 | project b, c = a + b
//! ```
//!
//! | b | c |
//! |---|---|
//! | 2 | 3 |

use super::{Surroundings, naming};
use crate::bind::{Bound, Pipeline};
use crate::parser::{Parsed, Parser};
use crate::syntax::Operator;
use crate::syntax::stage::Item;

pub(super) fn parse(parser: &mut Parser<'_, '_>) -> Parsed<Operator> {
    Ok(Operator::Project(parser.items()?))
}

pub(super) fn bind(
    items: &[Item],
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let outputs = naming::outputs(items, pipeline, around)?;
    pipeline.project(outputs, around.report, &around.range)
}
