//! # join
//!
//! Rows of two tables that belong together: a row for each pair with equal keys. `inner`, the default, keeps
//! pairs only; `leftouter` keeps rows of the left side without a partner, too; `innerunique` takes one row of
//! the left side for each key. A null equals nothing. The fields of the right side follow those of the left,
//! its keys as well; a name that clashes gets a `1`. Each side may have 50,000 rows; with more the query fails.
//!
//! ```apl
//! left | join kind=inner (right) on field, $left.a == $right.b
//! ```
//!
//! ## Example
//!
//! ```apl
//! datatable (k:long, a:string) [1, "x", 2, "y"]
//! | join kind=leftouter (datatable (k:long, b:string) [1, "z"]) on k
//! ```
//!
//! | k | a | k1 | b |
//! |---|---|---|---|
//! | 1 | x | 1 | z |
//! | 2 | y | null | null |

use super::Surroundings;
use crate::bind::{Bound, Pipeline, Value, conversion, query};
use crate::kernels::guard;
use crate::lexer::Shape;
use crate::limits::JOIN_ROWS_MAX;
use crate::parser::{Parsed, Parser, words};
use crate::syntax::expression::{Expression, Node};
use crate::syntax::stage::{Join, JoinKind};
use crate::syntax::{Operator, Query};
use datafusion::logical_expr::{Expr, JoinType};

pub(super) fn parse(parser: &mut Parser<'_, '_>) -> Parsed<Operator> {
    let kind = read_kind(parser, JoinKind::Inner, "inner, innerunique or leftouter")?;
    let (right, keys) = read_right(parser)?;
    Ok(Operator::Join(Join {
        kind,
        is_lookup: false,
        right,
        keys,
    }))
}

/// `kind=…`, if it comes next.
pub(super) fn read_kind(
    parser: &mut Parser<'_, '_>,
    default: JoinKind,
    expected: &str,
) -> Parsed<JoinKind> {
    if *parser.peek_at(1) != Shape::Sign("=") {
        parser.offer_words(&["kind="]);
        return Ok(default);
    }
    parser.expect_word("kind")?;
    parser.expect_sign("=")?;
    let has_unique = expected.contains("unique");
    parser.offer_words(&["inner", "leftouter"]);
    if has_unique {
        parser.offer_words(&["innerunique"]);
    }
    let kind = match parser.peek() {
        Shape::Word(word) => match word.as_str() {
            "inner" => Some(JoinKind::Inner),
            "innerunique" => Some(JoinKind::InnerUnique),
            "leftouter" => Some(JoinKind::LeftOuter),
            "leftsemi" | "leftanti" | "anti" => {
                let message =
                    format!("not supported yet: kind={word}; use where k in (table), or !in");
                return Err(parser.refuse(&parser.range(), message));
            }
            _ => None,
        },
        _ => None,
    };
    let is_allowed = |kind: &JoinKind| *kind != JoinKind::InnerUnique || has_unique;
    let Some(kind) = kind.filter(is_allowed) else {
        let meant = match parser.peek() {
            Shape::Word(word) => words::join_elsewhere(word),
            _ => None,
        };
        return Err(parser.expected_instead(expected, meant));
    };
    parser.advance();
    Ok(kind)
}

/// `(right) on key, key`
pub(super) fn read_right(
    parser: &mut Parser<'_, '_>,
) -> Parsed<(Query, Vec<(Expression, Expression)>)> {
    let right = parser.sub_query()?;
    parser.expect_word("on")?;
    parser.beside(Some(&right));
    let mut keys = vec![key(parser)?];
    while parser.take_sign(",") || parser.take_word("and") {
        keys.push(key(parser)?);
    }
    parser.beside(None);
    Ok((right, keys))
}

/// `field`, or `$left.a == $right.b`.
fn key(parser: &mut Parser<'_, '_>) -> Parsed<(Expression, Expression)> {
    let start = parser.range().start;
    let Some(is_left) = side(parser)? else {
        let both = field(parser, start)?;
        return Ok((both.clone(), both));
    };
    let first = field(parser, start)?;
    parser.expect_sign("==")?;
    let other = if is_left { "$right" } else { "$left" };
    let range = parser.range();
    if side(parser)? != Some(!is_left) {
        return Err(parser.refuse(&range, format!("expected {other} and a field")));
    }
    let second = field(parser, range.start)?;
    Ok(if is_left {
        (first, second)
    } else {
        (second, first)
    })
}

/// Whether `$left` comes next, or `$right`, or neither.
fn side(parser: &mut Parser<'_, '_>) -> Parsed<Option<bool>> {
    parser.on_side(None);
    if !parser.take_sign("$") {
        return Ok(None);
    }
    let is_left = parser.take_word("left");
    if !is_left && !parser.take_word("right") {
        return Err(parser.expected("'left' or 'right'"));
    }
    parser.take_sign(".");
    parser.on_side(Some(is_left));
    Ok(Some(is_left))
}

/// A field, with the side that stands before it from `start` on.
fn field(parser: &mut Parser<'_, '_>, start: usize) -> Parsed<Expression> {
    let mut field = parser.path()?;
    field.range.start = start;
    match field.node {
        Node::Field(_) | Node::Path { .. } => Ok(field),
        _ => Err(parser.refuse(&field.range, "expected a field to join on")),
    }
}

pub(super) fn bind(
    join: &Join,
    pipeline: &mut Pipeline,
    around: &mut Surroundings<'_, '_>,
) -> Bound<()> {
    let right = query::embedded(&join.right, around)?;
    limit(pipeline, "the left side of a join", around)?;
    let sides = Sides::new(join, pipeline, right, around)?;
    *pipeline = sides.left;
    if join.kind == JoinKind::InnerUnique {
        pipeline.first_of_each(sides.left_keys.clone(), around.report, &around.range)?;
    }
    let keys = (sides.left_keys, sides.right_keys);
    let (report, range) = (&mut *around.report, &around.range);
    pipeline.join(sides.right, join_type(join), keys, |_| true, report, range)
}

pub(super) fn join_type(join: &Join) -> JoinType {
    match join.kind {
        JoinKind::Inner | JoinKind::InnerUnique => JoinType::Inner,
        JoinKind::LeftOuter => JoinType::Left,
    }
}

/// Has the query fail when there are too many of these rows.
fn limit(rows: &mut Pipeline, what: &'static str, around: &mut Surroundings<'_, '_>) -> Bound<()> {
    let guard = guard::at_most(JOIN_ROWS_MAX, what);
    rows.choose(guard, around.report, &around.range)
}

/// Both sides of a join, each under a name of its own, and their keys.
pub(super) struct Sides {
    pub(super) left: Pipeline,
    pub(super) right: Pipeline,
    pub(super) left_keys: Vec<Expr>,
    pub(super) right_keys: Vec<Expr>,
}

impl Sides {
    pub(super) fn new(
        join: &Join,
        left: &Pipeline,
        mut right: Pipeline,
        around: &mut Surroundings<'_, '_>,
    ) -> Bound<Self> {
        limit(&mut right, "the right side of a join", around)?;
        let left_name = around.tables.fresh();
        let right_name = around.tables.fresh();
        let left = left.clone();
        let mut sides = Self {
            left: left.under(&left_name, around.report, &around.range)?,
            right: right.under(&right_name, around.report, &around.range)?,
            left_keys: Vec::with_capacity(join.keys.len()),
            right_keys: Vec::with_capacity(join.keys.len()),
        };
        let mut result = Ok(());
        for (left, right) in &join.keys {
            if let Err(failed) = sides.add_key(left, right, around) {
                result = Err(failed);
            }
        }
        result.map(|()| sides)
    }

    fn add_key(
        &mut self,
        left: &Expression,
        right: &Expression,
        around: &mut Surroundings<'_, '_>,
    ) -> Bound<()> {
        let left_value = around.binder(&self.left).bind(left);
        let right_value = around.binder(&self.right).bind(right);
        let (left_value, right_value) = (left_value?, right_value?);
        let range = left.range.start.min(right.range.start)..left.range.end.max(right.range.end);
        let mut binder = around.binder(&self.left);
        let kind = binder.common_kind(&left_value, &right_value, &range)?;
        let key = |value: Value| {
            let key = Value::new(conversion::to(kind, value), kind);
            conversion::as_json(key).expr
        };
        self.left_keys.push(key(left_value));
        self.right_keys.push(key(right_value));
        Ok(())
    }
}
