//! # has_ancestor
//!
//! Whether the parent of the row's span, or the parent of that, and so on, meets a condition. Beyond Axiom.
//!
//! ```apl
//! has_ancestor(condition)
//! ```
//!
//! The condition is about the ancestor's fields, whatever the query did to its rows before. Ancestors are looked for
//! in the whole dataset, up to an hour outside the range of time. A parent that is missing ends the line. Of spans that
//! are each other's ancestors, in a trace that is broken, each is its own as well.
//!
//! ## Example
//!
//! ```apl
//! traces | where ['service.name'] == "instainstru-worker" and has_ancestor(name == "POST /bookings") | project name
//! ```
//!
//! | name |
//! |---|
//! | run/send_confirmation |

use super::related;
use crate::bind::related::Relation;
use crate::functions::Function;

pub(super) const FUNCTION: Function = Function::form(
    &["has_ancestor"],
    "has_ancestor(condition)",
    1,
    |binder, arguments, range| {
        related(binder, Relation::Ancestor, "has_ancestor", arguments, range)
    },
)
.optional(1);
