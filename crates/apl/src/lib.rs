//! APL, Axiom's query language: text → tokens → syntax tree → bound values → DataFusion plan.
//!
//! The text is read by `lexer` and `parser` into the tree of `syntax`; `operators` turns each stage
//! into a plan node, with `bind` giving names and types to its expressions, `functions` and
//! `aggregations` to its calls. What is wrong with a query is told by a [`Diagnostic`].
//!
//! It opens no file and no socket, and does not run what it plans. Tables come from [`Datasets`], the
//! time from [`Context`].

/// What could be written at a place of a query.
pub mod complete;
/// What a query is compiled against: datasets, the time, the range asked for.
pub mod context;
/// What is wrong with a query, and where.
pub mod diagnostic;
/// How large a query may be.
mod limits;

/// Text to tokens.
mod lexer;
/// Tokens to the syntax tree.
mod parser;
/// The syntax tree.
mod syntax;

/// Datetimes as text, both ways: RFC 3339 and its looser cousins.
pub mod datetime;
/// The kinds of value a query can hold.
pub mod kind;
/// Timespans as text, both ways: `1m30s`.
pub mod timespan;

/// The aggregations of `summarize`.
mod aggregations;
/// Names and types: expressions of the syntax tree to expressions of the plan.
mod bind;
/// What SQL over the same tables takes from here.
pub mod for_sql;
/// The functions of expressions, one file a family.
mod functions;
/// Array computations DataFusion does not have.
mod kernels;
/// The operators between pipes, one file each.
mod operators;
/// The finished plan, with what a caller needs to know to show its rows.
pub mod plan;

pub use complete::{Completion, Completions, complete};
pub use context::{Context, Datasets, Key, VirtualField};
pub use diagnostic::Diagnostic;
pub use kernels::tree::ByTrace;
pub use kind::Kind;
pub use plan::{Field, Plan};

/// One key of a map of texts, as text; null where the map has no such key.
pub fn map_value(map: datafusion::logical_expr::Expr, key: &str) -> datafusion::logical_expr::Expr {
    kernels::map::get(map, key)
}

/// The words of a query's own operators, in the order of the text: not of those in queries inside it, and none of a text
/// of which nothing can be read.
pub fn operators(text: &str) -> Vec<&str> {
    let mut report = diagnostic::Report::new(text);
    let Ok(script) = parser::parse(text, &mut report) else {
        return Vec::new();
    };
    let words = script.query.stages.iter().map(|stage| {
        let stage = &text[stage.range.clone()];
        let is_of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let end = stage.find(|c| !is_of_word(c));
        &stage[..end.unwrap_or(stage.len())]
    });
    words.collect()
}

/// What in a query cannot be read, in the order of the text; empty if all of it can. Datasets, fields and types
/// are not looked at: [`compile`] tells what is wrong with those.
pub fn unreadable(text: &str) -> Vec<Diagnostic> {
    let mut report = diagnostic::Report::new(text);
    match parser::parse(text, &mut report) {
        Ok(_) if report.is_clean() => Vec::new(),
        _ => report.finish(),
    }
}

/// The same of an expression by itself, as a virtual field has one.
pub fn unreadable_expression(text: &str) -> Vec<Diagnostic> {
    let mut report = diagnostic::Report::new(text);
    match parser::expression(text, &mut report) {
        Ok(_) if report.is_clean() => Vec::new(),
        _ => report.finish(),
    }
}

/// Compiles a query. A query with mistakes yields every diagnostic found, in the order of the text.
pub fn compile(
    text: &str,
    context: &Context,
    datasets: &dyn Datasets,
) -> Result<Plan, Vec<Diagnostic>> {
    let mut report = diagnostic::Report::new(text);
    match compiled(text, context, datasets, &mut report) {
        Ok(plan) if report.is_clean() => Ok(plan),
        _ => Err(report.finish()),
    }
}

/// What is wrong with a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// It does not compile for these, in the order of the text.
    pub mistakes: Vec<Diagnostic>,
    /// What is no mistake, but may not be meant.
    pub warnings: Vec<Diagnostic>,
}

/// What is wrong with a query, which is not run: as [`compile`] tells it, and what may not be meant as well.
pub fn diagnose(text: &str, context: &Context, datasets: &dyn Datasets) -> Diagnosis {
    let mut report = diagnostic::Report::new(text);
    let failed = compiled(text, context, datasets, &mut report).is_err();
    let warnings = report.warnings();
    let mistakes = match failed {
        true => report.finish(),
        false => report.into_mistakes(),
    };
    Diagnosis { mistakes, warnings }
}

fn compiled<'r>(
    text: &'r str,
    context: &Context,
    datasets: &'r dyn Datasets,
    report: &mut diagnostic::Report<'r>,
) -> Result<Plan, diagnostic::Failed> {
    let script = parser::parse(text, report)?;
    plan::build(&script, context, datasets, report)
}
