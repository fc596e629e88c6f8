//! APL, Axiom's query language: text → tokens → syntax tree → bound values → DataFusion plan.
//!
//! The text is read by `lexer` and `parser` into the tree of `syntax`; `operators` turns each stage
//! into a plan node, with `bind` giving names and types to its expressions, `functions` and
//! `aggregations` to its calls. What is wrong with a query is told by a [`Diagnostic`].
//!
//! It opens no file and no socket, and does not run what it plans. Tables come from [`Datasets`], the
//! time from [`Context`].

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
/// The functions of expressions, one file a family.
mod functions;
/// Array computations DataFusion does not have.
mod kernels;
/// The operators between pipes, one file each.
mod operators;
/// The finished plan, with what a caller needs to know to show its rows.
pub mod plan;

pub use context::{Context, Datasets};
pub use diagnostic::Diagnostic;
pub use kernels::tree::ByTrace;
pub use kind::Kind;
pub use plan::{Field, Plan};

/// One key of a map of texts, as text; null where the map has no such key.
pub fn map_value(map: datafusion::logical_expr::Expr, key: &str) -> datafusion::logical_expr::Expr {
    kernels::map::get(map, key)
}

/// Compiles a query. A query with mistakes yields every diagnostic found, in the order of the text.
pub fn compile(
    text: &str,
    context: &Context,
    datasets: &dyn Datasets,
) -> Result<Plan, Vec<Diagnostic>> {
    let mut report = diagnostic::Report::new(text);
    let script = parser::parse(text, &mut report);
    let plan = script.and_then(|script| plan::build(&script, context, datasets, &mut report));
    match plan {
        Ok(plan) if report.is_clean() => Ok(plan),
        _ => Err(report.finish()),
    }
}
