//! # has_child
//!
//! Whether a child of the row's span meets a condition; without one, whether it has a child at all. Beyond Axiom.
//!
//! ```apl
//! has_child(condition)
//! ```
//!
//! The condition is about the child's fields, whatever the query did to its rows before. Children are looked for in the
//! whole dataset, up to an hour outside the range of time. What links lead to is no child.
//!
//! ## Example
//!
//! ```apl
//! traces | where kind == "server" and not(has_child()) | project name
//! ```
//!
//! | name |
//! |---|
//! | tools/call find_bookings |

use super::related;
use crate::bind::related::Relation;
use crate::functions::Function;

pub(super) const FUNCTION: Function = Function::form(
    &["has_child"],
    "has_child(condition)",
    1,
    |binder, arguments, range| related(binder, Relation::Child, "has_child", arguments, range),
)
.optional(1);
