//! Names and types: an expression of the syntax tree becomes a [`Value`], an expression of the plan
//! whose kind is known.
//!
//! Comparisons answer true or false, never null: a null on either side makes `==`, `<`, `contains`, …
//! false and their negations true, so that `where f != "x"` keeps the rows without `f`.

use crate::Context;
use crate::diagnostic::{Failed, Report};
use crate::kind::Kind;
use crate::syntax::Expression;
use datafusion::common::ScalarValue;
use datafusion::logical_expr::simplify::SimplifyContext;
use datafusion::logical_expr::{Expr, SortExpr, lit};
use datafusion::optimizer::simplify_expressions::ExprSimplifier;
use std::ops::Range;

/// `* has "x"`, and the terms of `search`.
mod any_field;
/// `+ - * / %` over numbers, timespans and datetimes.
mod arithmetic;
/// Two tables become one: unions and joins.
pub(crate) mod combined;
/// `==`, `<` and their kin, and how two sides come to one kind.
mod compare;
/// From one kind to another.
pub(crate) mod conversion;
/// Expressions, node by node.
mod expression;
/// `in`, `has_any` and `between`.
mod membership;
/// The rows so far: plan, scope, order.
pub(crate) mod pipeline;
/// `let` and parameters.
pub(crate) mod prologue;
/// A source and operators, the whole query or a part of it.
pub(crate) mod query;
/// Whether a related span of a trace meets a condition.
pub(crate) mod related;
/// The fields in sight, and what a name means among them.
pub(crate) mod scope;
/// Datasets, what `let` made, and what they cost.
pub(crate) mod tables;
/// `contains`, `has`, `matches regex` and their kin.
mod text_match;
/// Fields that an expression makes of others, kept beside a dataset.
pub(crate) mod virtual_fields;
/// How large expressions are when the optimizer writes out the fields they read.
pub(crate) mod weight;

pub(crate) use expression::balanced;
pub(crate) use pipeline::Pipeline;
pub(crate) use related::Mark;
pub(crate) use scope::Scope;
pub(crate) use tables::Tables;

/// The result of binding something; on failure the report tells why.
pub(crate) type Bound<T> = Result<T, Failed>;

/// An expression of the plan and the kind of its values.
#[derive(Clone, Debug)]
pub(crate) struct Value {
    pub(crate) expr: Expr,
    /// `None`: the bare null, which fits every kind.
    pub(crate) kind: Option<Kind>,
}

impl Value {
    pub(crate) fn new(expr: Expr, kind: Kind) -> Self {
        Self {
            expr,
            kind: Some(kind),
        }
    }

    pub(crate) fn null() -> Self {
        Self {
            expr: lit(ScalarValue::Null),
            kind: None,
        }
    }

    pub(crate) fn text(content: &str) -> Self {
        Self::new(
            lit(ScalarValue::Utf8View(Some(content.to_owned()))),
            Kind::Text,
        )
    }

    /// The constant, if it is one and not null.
    pub(crate) fn constant(&self) -> Option<&ScalarValue> {
        match &self.expr {
            Expr::Literal(value, _) if !value.is_null() => Some(value),
            _ => None,
        }
    }

    pub(crate) fn constant_text(&self) -> Option<&str> {
        match self.constant()? {
            ScalarValue::Utf8View(Some(text)) => Some(text),
            _ => None,
        }
    }

    /// The kind as a diagnostic names it.
    pub(crate) fn spoken(&self) -> &'static str {
        self.kind.map_or("null", Kind::spoken)
    }
}

/// Binds the expressions of one stage.
#[derive(Debug)]
pub(crate) struct Binder<'b, 'r> {
    pub(crate) scope: &'b Scope,
    pub(crate) context: &'b Context,
    pub(crate) report: &'b mut Report<'r>,
    pub(crate) tables: &'b mut Tables<'r>,
    /// The rows that the expression is of.
    pub(crate) rows: &'b Pipeline,
    /// Whether the expression is the condition of a filter.
    pub(crate) in_filter: bool,
    /// Where rows can be marked, the marks that the expression reads.
    pub(crate) marks: Option<&'b mut Vec<Mark>>,
    /// Where aggregations may stand, those met so far.
    pub(crate) aggregates: Aggregates,
    /// The size in nanoseconds of the time bin bound last.
    pub(crate) time_bin_nanos: Option<i64>,
    /// How the rows are ordered, where an aggregation may keep that order.
    pub(crate) order: Vec<SortExpr>,
}

/// Whether aggregations are allowed, and what they computed.
#[derive(Debug)]
pub(crate) enum Aggregates {
    /// Not in this stage.
    Refused,
    /// In `summarize`, outside an aggregation: the aggregate expressions of the plan, no two alike.
    Collected(Vec<Expr>),
    /// In the arguments of an aggregation.
    Nested(Vec<Expr>),
}

impl<'b, 'r> Binder<'b, 'r> {
    pub(crate) fn new(
        rows: &'b Pipeline,
        context: &'b Context,
        report: &'b mut Report<'r>,
        tables: &'b mut Tables<'r>,
    ) -> Self {
        let aggregates = Aggregates::Refused;
        Self {
            scope: &rows.scope,
            context,
            report,
            tables,
            rows,
            in_filter: false,
            marks: None,
            aggregates,
            time_bin_nanos: None,
            order: Vec::new(),
        }
    }

    /// The same where rows can be marked.
    pub(crate) fn marking(mut self, marks: &'b mut Vec<Mark>) -> Self {
        self.marks = Some(marks);
        self
    }

    pub(crate) fn error(&mut self, range: &Range<usize>, message: impl Into<String>) -> Failed {
        self.report.error(range, message)
    }

    /// A condition: a boolean.
    pub(crate) fn condition(&mut self, expression: &Expression) -> Bound<Expr> {
        let value = self.bind(expression)?;
        match value.kind {
            Some(Kind::Boolean) => Ok(value.expr),
            Some(Kind::Dynamic) => Ok(conversion::to(Kind::Boolean, value)),
            None => Ok(lit(false)),
            Some(_) => {
                let message = format!(
                    "expected a condition (true or false), found {}",
                    value.spoken()
                );
                Err(self.error(&expression.range, message))
            }
        }
    }
}

/// An expression computed as far as it depends on no row.
pub(crate) fn folded(expr: Expr) -> Expr {
    let simplifier = ExprSimplifier::new(SimplifyContext::default());
    simplifier.simplify(expr.clone()).unwrap_or(expr)
}

/// A condition used as a filter, where null counts as false anyway: without the wrapping that makes a
/// comparison's null false, so that files can be pruned by it.
pub(crate) fn as_filter(condition: Expr) -> Expr {
    match condition {
        Expr::IsTrue(inner) => as_filter(*inner),
        Expr::BinaryExpr(binary) => {
            use datafusion::logical_expr::Operator::{And, Or};
            if !matches!(binary.op, And | Or) {
                return Expr::BinaryExpr(binary);
            }
            let (left, right) = (as_filter(*binary.left), as_filter(*binary.right));
            datafusion::logical_expr::binary_expr(left, binary.op, right)
        }
        other => other,
    }
}
