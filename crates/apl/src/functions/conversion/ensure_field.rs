//! # ensure_field
//!
//! A field if there is one of this name, else null of a type.
//!
//! ```apl
//! ensure_field(name, typeof(type))
//! ```
//!
//! ## Example
//!
//! ```apl
//! ensure_field("no_such_field", typeof(bool)) -> null
//! ensure_field("kind", typeof(string)) == kind -> true
//! ```

use crate::bind::{Value, conversion};
use crate::functions::Function;
use crate::kind::Kind;
use crate::syntax::Expression as Syntax;
use crate::syntax::expression::{Literal, Node};

pub(super) const FUNCTION: Function = Function::form(
    &["ensure_field"],
    "ensure_field(name, typeof(type))",
    2,
    |binder, arguments, _| {
        let Some(kind) = type_named(&arguments[1]) else {
            let message = "expected a type such as typeof(bool)";
            return Err(binder.error(&arguments[1].range, message));
        };
        let value = match super::super::metadata::field_named(binder, &arguments[0])? {
            Some(found) => conversion::to(kind, found),
            None => conversion::typed_null(kind),
        };
        Ok(Value::new(value, kind))
    },
);

/// `typeof(bool)`, or the type's name alone.
fn type_named(expression: &Syntax) -> Option<Kind> {
    let name = match &expression.node {
        Node::Call {
            function,
            arguments,
        } if function == "typeof" => return type_named(arguments.first()?),
        Node::Field(name) => name,
        Node::Literal(Literal::Text(name)) => name,
        _ => return None,
    };
    Kind::named(name)
}
