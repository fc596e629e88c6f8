//! Operators between pipes, and the parts they share.

use super::Expression;
use std::ops::Range;

/// One operator and where it stands, from its word to the next pipe.
#[derive(Debug)]
pub(crate) struct Stage {
    pub(crate) operator: Operator,
    pub(crate) range: Range<usize>,
}

#[derive(Debug)]
pub(crate) enum Operator {
    Where(Expression),
    Extend(Vec<Item>),
    Project(Vec<Item>),
    ProjectAway(Vec<Pattern>),
    ProjectKeep(Vec<Pattern>),
    ProjectRename(Vec<Item>),
    Summarize {
        aggregates: Vec<Item>,
        groups: Vec<Item>,
    },
    Sort(Vec<SortKey>),
    Top {
        rows: usize,
        key: SortKey,
    },
    Take(usize),
    /// No items: `distinct *`.
    Distinct(Vec<Item>),
    Count,
}

/// `name = expression`, or an expression that names itself.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub(crate) name: Option<String>,
    pub(crate) expression: Expression,
}

/// A field name in which `*` stands for any text.
#[derive(Debug)]
pub(crate) struct Pattern {
    pub(crate) text: String,
    pub(crate) range: Range<usize>,
}

#[derive(Clone, Debug)]
pub(crate) struct SortKey {
    pub(crate) expression: Expression,
    pub(crate) descending: bool,
    /// `None`: nulls are the smallest values.
    pub(crate) nulls_first: Option<bool>,
}
