//! The syntax tree: what a query says, before its names mean anything.

/// Expressions.
pub(crate) mod expression;
/// Operators between pipes, and the parts they share.
pub(crate) mod stage;
/// Statements, queries, and what they run over.
pub(crate) mod table;

pub(crate) use expression::Expression;
pub(crate) use stage::{Operator, Stage};
pub(crate) use table::{Query, Script, Source};
