//! Spans that are related in a trace: whether a relative of the row's span meets a condition. Relatives are known by
//! the ids of parents; links are none. A condition is optional; `not(has_parent())` is true of roots and orphans.

use super::Function;
use crate::bind::related::Relation;
use crate::bind::{Binder, Bound, Value};
use crate::syntax::Expression;
use std::ops::Range;

/// A span above it.
mod has_ancestor;
/// A span right below it.
mod has_child;
/// A span below it.
mod has_descendant;
/// The span right above it.
mod has_parent;
/// The span above all.
mod has_root;
/// A span beside it.
mod has_sibling;

pub(super) const FUNCTIONS: &[Function] = &[
    has_ancestor::FUNCTION,
    has_child::FUNCTION,
    has_descendant::FUNCTION,
    has_parent::FUNCTION,
    has_root::FUNCTION,
    has_sibling::FUNCTION,
];

fn related(
    binder: &mut Binder<'_, '_>,
    relation: Relation,
    name: &str,
    arguments: &[Expression],
    range: &Range<usize>,
) -> Bound<Value> {
    binder.has_related(relation, name, arguments.first(), range)
}
