//! # has_root
//!
//! Whether the root of the row's trace meets a condition; without one, whether the root is known at all. Beyond
//! Axiom.
//!
//! ```apl
//! has_root(condition)
//! ```
//!
//! A root is a span without a parent; it counts as the root of each span of its trace, itself included. The condition
//! is about the root's fields, whatever the query did to its rows before. Roots are looked for in the whole dataset, up
//! to an hour outside the range of time.
//!
//! ## Example
//!
//! ```apl
//! traces | where kind == "client" and has_root(error) | project name
//! ```
//!
//! | name |
//! |---|
//! | SELECT instructors |

use super::related;
use crate::bind::related::Relation;
use crate::functions::Function;

pub(super) const FUNCTION: Function = Function::form(
    &["has_root"],
    "has_root(condition)",
    1,
    |binder, arguments, range| related(binder, Relation::Root, "has_root", arguments, range),
)
.optional(1);
