//! # lookup
//!
//! Adds the fields of a small table to each row with equal keys. `leftouter`, the default, keeps rows without
//! a partner, with nulls; `inner` drops them. The right side's keys are left out, and a name that clashes gets
//! a `1`. The right side may have 50,000 rows, the left side any number.
//!
//! ```apl
//! rows | lookup kind=leftouter (table) on field, $left.a == $right.b
//! ```
//!
//! ## Example
//!
//! ```apl
//! datatable (k:long) [1, 2] | lookup (datatable (k:long, team:string) [1, "booking"]) on k
//! ```
//!
//! | k | team |
//! |---|---|
//! | 1 | booking |
//! | 2 | null |

use super::{Surroundings, join};
use crate::bind::{Bound, Pipeline, query};
use crate::parser::{Parsed, Parser};
use crate::syntax::Operator;
use crate::syntax::stage::{Join, JoinKind};

pub(super) fn parse(parser: &mut Parser<'_, '_>) -> Parsed<Operator> {
    let kind = join::read_kind(parser, JoinKind::LeftOuter, "leftouter or inner")?;
    let (right, keys) = join::read_right(parser)?;
    Ok(Operator::Join(Join {
        kind,
        is_lookup: true,
        right,
        keys,
    }))
}

pub(super) fn bind(
    lookup: &Join,
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let right = query::embedded(&lookup.right, around)?;
    let sides = join::Sides::new(lookup, pipeline, right, around)?;
    *pipeline = sides.left;
    let right_keys = sides.right_keys.clone();
    pipeline.join(
        sides.right,
        join::join_type(lookup),
        (sides.left_keys, sides.right_keys),
        |field| !right_keys.contains(&field.expr()),
        around.report,
        &around.range,
    )
}
