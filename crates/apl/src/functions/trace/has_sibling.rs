//! # has_sibling
//!
//! Whether another child of the same parent meets a condition. Beyond Axiom.
//!
//! ```apl
//! has_sibling(condition)
//! ```
//!
//! The condition is about the sibling's fields, whatever the query did to its rows before. Siblings are looked for in
//! the whole dataset, up to an hour outside the range of time. Spans without a parent have none. A span is no sibling of
//! itself, nor of a span with its id.
//!
//! ## Example
//!
//! ```apl
//! traces | where has_sibling(name == "INSERT bookings") | project name
//! ```
//!
//! | name |
//! |---|
//! | apply_async/send_confirmation |
//! | POST |

use super::related;
use crate::bind::related::Relation;
use crate::functions::Function;

pub(super) const FUNCTION: Function = Function::form(
    &["has_sibling"],
    "has_sibling(condition)",
    1,
    |binder, arguments, range| related(binder, Relation::Sibling, "has_sibling", arguments, range),
)
.optional(1);
