//! # project-keep
//!
//! Only these fields, in the order they have; `*` stands for any text.
//!
//! ```apl
//! rows | project-keep field, prefix*, …
//! ```
//!
//! ## Example
//!
//! ```apl
//! print a1 = 1, b = 3, a2 = 2 | project-keep a*
//! ```
//!
//! | a1 | a2 |
//! |---|---|
//! | 1 | 2 |

use super::{Surroundings, naming};
use crate::bind::pipeline::Output;
use crate::bind::{Bound, Pipeline};
use crate::parser::{Parsed, Parser};
use crate::syntax::Operator;
use crate::syntax::stage::Pattern;

pub(super) fn parse(parser: &mut Parser<'_, '_>) -> Parsed<Operator> {
    Ok(Operator::ProjectKeep(parser.patterns()?))
}

pub(super) fn bind(
    patterns: &[Pattern],
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    naming::check_patterns(patterns, pipeline, around)?;
    let fields = pipeline.scope.fields.iter();
    let outputs: Vec<Output> = fields
        .filter(|field| naming::matches_any(patterns, &field.name))
        .map(Output::kept)
        .collect();
    if outputs.is_empty() {
        return Err(around.report.error(
            &around.range,
            "no field matches: expected to keep at least one",
        ));
    }
    pipeline.project(outputs, around.report, &around.range)
}
