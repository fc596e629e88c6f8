//! Statements, queries, and what they run over.

use super::expression::Match;
use super::stage::{Item, Pattern};
use super::{Expression, Stage};
use crate::kind::Kind;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// A whole text: `let a = …; let b = …; query`.
#[derive(Debug)]
pub(crate) struct Script {
    pub(crate) statements: Vec<Statement>,
    pub(crate) query: Query,
    /// The names that its expressions read, and its patterns of fields without `*`.
    pub(crate) reads: BTreeSet<String>,
}

/// A name that a statement gives, and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) range: Range<usize>,
}

#[derive(Debug)]
pub(crate) enum Statement {
    /// `let x = 5m;`
    Value { name: Name, value: Expression },
    /// `let slow = traces | where duration > 1s;`
    Table { name: Name, query: Arc<Query> },
    /// One of `declare query_parameters(p:type = default, …);`
    Parameter {
        name: Name,
        kind: Kind,
        default: Option<Expression>,
    },
}

/// A source and operators. Parentheses around it are gone: `(a | b) | c` is `a | b | c`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Query {
    pub(crate) source: Source,
    pub(crate) stages: Vec<Stage>,
}

/// What a query runs over.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Source {
    pub(crate) origin: Origin,
    pub(crate) range: Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Origin {
    /// Nothing before the first pipe: the dataset in hand.
    InHand,
    /// What a `let` called so, or else a dataset.
    Named(String),
    /// `['a name']` or `table("a name")`: a dataset.
    Dataset(String),
    Union(Union),
    Search(Search),
    Datatable(Datatable),
    Print(Vec<Item>),
    /// `trace("id")`
    Trace(Expression),
    /// `spans_of(query)`
    SpansOf(Arc<Query>),
}

/// `union withsource=c a, b*, (query)`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Union {
    /// The field that says which table a row is from.
    pub(crate) with_source: Option<String>,
    pub(crate) tables: Vec<Member>,
}

/// One of the tables of a union, or of a search.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Member {
    Query(Query),
    /// All datasets and tables of this name, in which `*` stands for any text.
    Named(Pattern),
}

/// `search kind=case_sensitive in (a, b*) condition`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Search {
    pub(crate) ignore_case: bool,
    /// Empty: the rows so far, or the dataset in hand.
    pub(crate) tables: Vec<Member>,
    pub(crate) condition: Wanted,
}

/// What a search looks for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Wanted {
    Every(Vec<Self>),
    Any(Vec<Self>),
    Not(Box<Self>),
    /// `"term"`: in any field.
    Anywhere(Term),
    /// `field:"term"`
    In(Expression, Term),
    /// `field == "x"`
    Condition(Expression),
}

/// `"t"`, `"t*"`, `"*t"`, `"*t*"`, `"a*b"`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Term {
    pub(crate) operator: Match,
    pub(crate) text: String,
    pub(crate) range: Range<usize>,
}

/// `datatable(a:long, b:string)[1, "x", 2, "y"]`
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Datatable {
    pub(crate) columns: Vec<(String, Kind)>,
    /// Row by row; as many as fill the rows.
    pub(crate) values: Vec<Expression>,
}
