//! Fields that may not be there, and what is known of a row besides its fields.

use super::Function;
use crate::bind::{Binder, Bound, Value};
use crate::syntax::Expression;
use crate::syntax::expression::{Literal, Node};

/// A field if there is one of this name, else another value.
mod column_ifexists;
/// When the row came in.
mod ingestion_time;

pub(super) const FUNCTIONS: &[Function] = &[column_ifexists::FUNCTION, ingestion_time::FUNCTION];

/// The field that an argument names, as a string or as it is; `None` if there is none.
pub(super) fn field_named(
    binder: &mut Binder<'_, '_>,
    argument: &Expression,
) -> Bound<Option<Value>> {
    let name = match &argument.node {
        Node::Literal(Literal::Text(name)) | Node::Field(name) => name,
        Node::Path { .. } => return Ok(binder.bind(argument).ok()),
        _ => return Err(binder.error(&argument.range, "expected the name of a field as a string")),
    };
    Ok(binder.scope.resolve(name).ok())
}
