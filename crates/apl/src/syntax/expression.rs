//! Expressions. Chains are flat, so that the tree is no deeper than the text is nested.

use super::Query;
use std::ops::Range;
use std::sync::Arc;

/// An expression and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expression {
    pub(crate) node: Node,
    pub(crate) range: Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Literal(Literal),
    /// `name` or `['service.name']`.
    Field(String),
    /// `base.a.b`, `base['a'][0]`.
    Path {
        base: Box<Expression>,
        keys: Vec<Key>,
    },
    Call {
        function: String,
        arguments: Vec<Expression>,
    },
    /// `a and b and …`
    Every(Vec<Expression>),
    /// `a or b or …`
    Any(Vec<Expression>),
    /// `a + b - c`, applied from the left.
    Arithmetic {
        first: Box<Expression>,
        rest: Vec<(Arithmetic, Expression)>,
    },
    Negative(Box<Expression>),
    Compare {
        operator: Compare,
        left: Box<Expression>,
        right: Box<Expression>,
    },
    Match {
        operator: Match,
        negated: bool,
        left: Box<Expression>,
        right: Box<Expression>,
    },
    /// `has_any (a, b)`
    HasAny {
        ignore_case: bool,
        left: Box<Expression>,
        list: Vec<Expression>,
    },
    In {
        ignore_case: bool,
        negated: bool,
        left: Box<Expression>,
        list: Vec<Expression>,
    },
    /// `in (query)`: its first column.
    InTable {
        ignore_case: bool,
        negated: bool,
        left: Box<Expression>,
        table: Arc<Query>,
    },
    /// `* has "x"`: in any field.
    AnyField {
        operator: Match,
        negated: bool,
        right: Box<Expression>,
    },
    /// `toscalar(query)`: the first value of its first column.
    Scalar(Arc<Query>),
    Between {
        negated: bool,
        left: Box<Expression>,
        low: Box<Expression>,
        high: Box<Expression>,
    },
    /// `[1, 2]` inside `dynamic(…)`.
    List(Vec<Expression>),
    /// `*` as an argument: all fields.
    Star,
    /// `name = value` as an argument.
    Named {
        name: String,
        value: Box<Expression>,
    },
    /// `{"a": 1}` inside `dynamic(…)`.
    Bag(Vec<(String, Expression)>),
}

/// A step into a value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Key {
    /// `.name`, `['name']`
    Name(String),
    /// `[0]`, `[-1]`
    Place(Expression),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Literal {
    Null,
    Boolean(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    /// Nanoseconds since 1970.
    Datetime(i64),
    /// Nanoseconds.
    Timespan(i64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arithmetic {
    Plus,
    Minus,
    Times,
    Divide,
    Remainder,
}

impl Arithmetic {
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Compare {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// Comparisons of texts; `ignore_case` is every one's default in APL, `_cs` switches it off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Match {
    /// `==`, of any field.
    Equal,
    /// `=~`: equal, ignoring case.
    Same,
    Contains {
        ignore_case: bool,
    },
    StartsWith {
        ignore_case: bool,
    },
    EndsWith {
        ignore_case: bool,
    },
    /// A whole term: a run of letters and digits.
    Has {
        ignore_case: bool,
    },
    /// The start of a term.
    HasPrefix {
        ignore_case: bool,
    },
    /// The end of a term.
    HasSuffix {
        ignore_case: bool,
    },
    Regex,
}
