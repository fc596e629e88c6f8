//! # project-reorder
//!
//! Puts these fields first, in this order; the others follow as they were. The fields of a pattern keep their
//! order, unless `asc` or `desc` sorts them by name; `granny-asc` and `granny-desc` take numbers in names as
//! numbers, so that `n2` comes before `n10`.
//!
//! ```apl
//! rows | project-reorder field, prefix* [asc | desc | granny-asc | granny-desc], …
//! ```
//!
//! ## Example
//!
//! ```apl
//! print b10 = 1, b9 = 2, a = 3 | project-reorder b* granny-asc
//! ```
//!
//! | b9 | b10 | a |
//! |---|---|---|
//! | 2 | 1 | 3 |

use super::{Surroundings, naming};
use crate::bind::pipeline::Output;
use crate::bind::scope::Field;
use crate::bind::{Bound, Pipeline};
use crate::parser::{Parsed, Parser};
use crate::syntax::Operator;
use crate::syntax::stage::{Arrangement, Pattern};
use std::cmp::Ordering;

pub(super) fn parse(parser: &mut Parser<'_, '_>) -> Parsed<Operator> {
    Ok(Operator::ProjectReorder(parser.comma_separated(arranged)?))
}

fn arranged(parser: &mut Parser<'_, '_>) -> Parsed<(Pattern, Arrangement)> {
    let pattern = parser.pattern_of_fields()?;
    let is_granny = parser.take_word("granny");
    if is_granny {
        parser.expect_sign("-")?;
    }
    let arrangement = match (parser.take_word("asc"), is_granny) {
        (true, false) => Arrangement::Ascending,
        (true, true) => Arrangement::GrannyAscending,
        (false, false) if parser.take_word("desc") => Arrangement::Descending,
        (false, false) => Arrangement::Kept,
        (false, true) => {
            parser.expect_word("desc")?;
            Arrangement::GrannyDescending
        }
    };
    Ok((pattern, arrangement))
}

pub(super) fn bind(
    patterns: &[(Pattern, Arrangement)],
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let mut result = Ok(());
    for (pattern, _) in patterns {
        let checked = naming::check_patterns(std::slice::from_ref(pattern), pipeline, around);
        result = result.and(checked);
    }
    result?;
    let mut rest: Vec<&Field> = pipeline.scope.fields.iter().collect();
    let mut reordered: Vec<&Field> = Vec::with_capacity(rest.len());
    for (pattern, arrangement) in patterns {
        let (mut found, others): (Vec<&Field>, Vec<&Field>) = rest
            .into_iter()
            .partition(|field| naming::matches(&pattern.text, &field.name));
        match arrangement {
            Arrangement::Kept => {}
            Arrangement::Ascending => found.sort_by(|a, b| a.name.cmp(&b.name)),
            Arrangement::Descending => found.sort_by(|a, b| b.name.cmp(&a.name)),
            Arrangement::GrannyAscending => found.sort_by(|a, b| by_number(&a.name, &b.name)),
            Arrangement::GrannyDescending => found.sort_by(|a, b| by_number(&b.name, &a.name)),
        }
        reordered.extend(found);
        rest = others;
    }
    reordered.extend(rest);
    let outputs = reordered.into_iter().map(Output::kept).collect();
    pipeline.project(outputs, around.report, &around.range)
}

/// Names compared with their digits as numbers.
fn by_number(a: &str, b: &str) -> Ordering {
    let (mut a_rest, mut b_rest) = (a, b);
    while let (Some(a_first), Some(b_first)) = (a_rest.chars().next(), b_rest.chars().next()) {
        let is_number = a_first.is_ascii_digit() && b_first.is_ascii_digit();
        let (a_part, b_part) = if is_number {
            (digits(a_rest), digits(b_rest))
        } else {
            (a_first.len_utf8(), b_first.len_utf8())
        };
        let (a_text, b_text) = (&a_rest[..a_part], &b_rest[..b_part]);
        let compared = if is_number {
            let (a_digits, b_digits) = (
                a_text.trim_start_matches('0'),
                b_text.trim_start_matches('0'),
            );
            (a_digits.len(), a_digits).cmp(&(b_digits.len(), b_digits))
        } else {
            a_text.cmp(b_text)
        };
        if compared.is_ne() {
            return compared;
        }
        (a_rest, b_rest) = (&a_rest[a_part..], &b_rest[b_part..]);
    }
    a_rest.cmp(b_rest).then_with(|| a.cmp(b))
}

/// How many bytes at the start are digits.
fn digits(text: &str) -> usize {
    text.find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(text.len())
}
