//! # sample
//!
//! A share of the rows, taken by chance: 0.1 is about one row in ten.
//!
//! ```apl
//! rows | sample share
//! ```
//!
//! ## Example
//!
//! ```apl
//! traces | sample 0.1 | summarize avg(duration)
//! ```

use super::Surroundings;
use crate::bind::{Bound, Pipeline};
use crate::kernels::sampled;
use crate::lexer::Shape;
use crate::parser::{Parsed, Parser};
use crate::syntax::Operator;

pub(super) fn parse(parser: &mut Parser<'_, '_>) -> Parsed<Operator> {
    let share = match *parser.peek() {
        Shape::Float(share) => Some(share),
        Shape::Integer(share @ 0..=1) => Some(share as f64),
        _ => None,
    };
    match share.filter(|share| (0.0..=1.0).contains(share)) {
        Some(share) => {
            parser.advance();
            Ok(Operator::Sample(share))
        }
        None => Err(parser.expected("a share from 0 to 1, such as 0.1")),
    }
}

pub(super) fn bind(
    share: f64,
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let seed = around.context.now_nanos.cast_unsigned();
    let chosen = sampled::share(share, seed);
    pipeline.choose(chosen, around.report, &around.range)
}
