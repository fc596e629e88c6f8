//! # has_descendant
//!
//! Whether a child of the row's span, or a child of that, and so on, meets a condition: spans that have a slow one
//! below them. Beyond Axiom.
//!
//! ```apl
//! has_descendant(condition)
//! ```
//!
//! The condition is about the descendant's fields, whatever the query did to its rows before. Descendants are looked
//! for in the whole dataset, up to an hour outside the range of time. A parent that is missing ends the line. Of spans
//! that are each other's descendants, in a trace that is broken, each is its own as well.
//!
//! ## Example
//!
//! ```apl
//! traces | where kind == "server" and has_descendant(duration > 20ms and ['service.name'] == "instainstru-worker")
//! | project name
//! ```
//!
//! | name |
//! |---|
//! | POST /bookings |

use super::related;
use crate::bind::related::Relation;
use crate::functions::Function;

pub(super) const FUNCTION: Function = Function::form(
    &["has_descendant"],
    "has_descendant(condition)",
    1,
    |binder, arguments, range| {
        related(
            binder,
            Relation::Descendant,
            "has_descendant",
            arguments,
            range,
        )
    },
)
.optional(1);
