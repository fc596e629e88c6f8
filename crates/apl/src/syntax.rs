//! The syntax tree: what a query says, before its names mean anything.

use std::ops::Range;

/// Expressions.
pub(crate) mod expression;
/// Operators between pipes, and the parts they share.
pub(crate) mod stage;

pub(crate) use expression::Expression;
pub(crate) use stage::{Operator, Stage};

/// A whole query. Parentheses around it are gone: `(a | b) | c` is `a | b | c`.
#[derive(Debug)]
pub(crate) struct Query {
    pub(crate) source: Source,
    pub(crate) stages: Vec<Stage>,
}

/// What a query runs over.
#[derive(Debug)]
pub(crate) struct Source {
    /// `None`: the dataset in hand.
    pub(crate) name: Option<String>,
    pub(crate) range: Range<usize>,
}
