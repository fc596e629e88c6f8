//! # has_parent
//!
//! Whether the parent of the row's span meets a condition; without one, whether the parent is known at all. Beyond
//! Axiom.
//!
//! ```apl
//! has_parent(condition)
//! ```
//!
//! The condition is about the parent's fields, whatever the query did to its rows before. The parent is looked for in
//! the whole dataset, up to an hour outside the range of time. A root has no parent, and that of an orphan is in no row.
//!
//! ## Example
//!
//! ```apl
//! traces | where has_parent(kind == "producer") | project name
//! ```
//!
//! | name |
//! |---|
//! | run/send_confirmation |

use super::related;
use crate::bind::related::Relation;
use crate::functions::Function;

pub(super) const FUNCTION: Function = Function::form(
    &["has_parent"],
    "has_parent(condition)",
    1,
    |binder, arguments, range| related(binder, Relation::Parent, "has_parent", arguments, range),
)
.optional(1);
