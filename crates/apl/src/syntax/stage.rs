//! Operators between pipes, and the parts they share.

use super::table::{Search, Union};
use super::{Expression, Query};
use crate::kernels::pairs::Form;
use crate::kind::Kind;
use std::ops::Range;

/// One operator and where it stands, from its word to the next pipe.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stage {
    pub(crate) operator: Operator,
    pub(crate) range: Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Operator {
    Where(Expression),
    Extend(Vec<Item>),
    ExtendValid(Vec<Item>),
    Project(Vec<Item>),
    ProjectAway(Vec<Pattern>),
    ProjectKeep(Vec<Pattern>),
    ProjectRename(Vec<Item>),
    ProjectReorder(Vec<(Pattern, Arrangement)>),
    Summarize {
        aggregates: Vec<Item>,
        groups: Vec<Item>,
    },
    MakeSeries(Series),
    Sort(Vec<SortKey>),
    Top {
        rows: usize,
        key: SortKey,
    },
    Take(usize),
    /// The share of the rows to keep.
    Sample(f64),
    /// No items: `distinct *`.
    Distinct(Vec<Item>),
    Count,
    GetSchema,
    Union(Union),
    Search(Search),
    Join(Join),
    Parse(Pieces),
    ParseKv(Pairs),
    MvExpand(Expansion),
    Compare(Comparison),
    /// What tells operations apart; nothing: service and name.
    CriticalPath(Vec<Item>),
}

/// `name = expression`, or an expression that names itself.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item {
    pub(crate) name: Option<String>,
    pub(crate) expression: Expression,
}

/// A field name in which `*` stands for any text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pattern {
    pub(crate) text: String,
    pub(crate) range: Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SortKey {
    pub(crate) expression: Expression,
    pub(crate) descending: bool,
    /// `None`: nulls are the smallest values.
    pub(crate) nulls_first: Option<bool>,
}

/// How the fields that fit one pattern are put in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arrangement {
    /// As they were.
    Kept,
    Ascending,
    Descending,
    /// With numbers in the names taken as numbers.
    GrannyAscending,
    GrannyDescending,
}

/// `join kind=inner (right) on k, $left.a == $right.b`, and `lookup`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Join {
    pub(crate) kind: JoinKind,
    /// `lookup`: the right side's keys are left out, and the left side may be large.
    pub(crate) is_lookup: bool,
    pub(crate) right: Query,
    /// Fields of the left and of the right side that must be equal.
    pub(crate) keys: Vec<(Expression, Expression)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JoinKind {
    Inner,
    /// One row of the left side for each key.
    InnerUnique,
    LeftOuter,
}

/// `parse kind=simple e with * "literal" field:type`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pieces {
    pub(crate) text: Expression,
    pub(crate) kind: PiecesKind,
    pub(crate) pieces: Vec<Piece>,
    /// `parse-where`: rows that do not match are dropped.
    pub(crate) is_filter: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PiecesKind {
    /// All fields or none.
    Simple,
    /// As simple, and the literals are regular expressions.
    Regex,
    /// A field that is not of its type is null by itself.
    Relaxed,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Piece {
    /// `*`
    Skipped,
    Literal(String, Range<usize>),
    Field(String, Kind),
}

/// `parse-kv e as (k:type, …) with (…)`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pairs {
    pub(crate) text: Expression,
    pub(crate) fields: Vec<(String, Kind)>,
    pub(crate) form: Form,
}

/// `mv-expand with_itemindex=i a, b to typeof(long) limit 10`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expansion {
    pub(crate) index: Option<String>,
    /// Keys of maps become arrays of two.
    pub(crate) as_pairs: bool,
    pub(crate) items: Vec<(Item, Option<Kind>)>,
    /// Rows made of one row at most.
    pub(crate) most: Option<usize>,
}

/// `compare error with duration > 1s on name, attributes*`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Comparison {
    pub(crate) selected: Expression,
    /// `None`: all other rows.
    pub(crate) others: Option<Expression>,
    /// None: all fields that can be compared.
    pub(crate) fields: Vec<Pattern>,
}

/// `make-series n = count() default=0 on _time from a to b step 1m by g`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Series {
    /// Aggregations, and the values of bins without rows.
    pub(crate) aggregates: Vec<(Item, Option<Expression>)>,
    pub(crate) axis: Expression,
    pub(crate) from: Option<Expression>,
    pub(crate) to: Option<Expression>,
    pub(crate) step: Expression,
    pub(crate) groups: Vec<Item>,
}
