//! # endofweek
//!
//! The last nanosecond of the week, which begins on Sunday; with an offset, of the week so many weeks later.
//!
//! ```apl
//! endofweek(datetime, offset)
//! ```
//!
//! ## Example
//!
//! ```apl
//! endofweek(datetime(2024-03-05T13:14:15Z)) -> 2024-03-09T23:59:59.999999999Z
//! ```

use crate::functions::datetime::calendar;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["endofweek"],
    "endofweek(datetime, offset)",
    &[Takes::Datetime, Takes::Integer],
    Kind::Datetime,
    |rows| {
        rows.datetimes(|row| {
            let start = calendar::start(row.integer(0)?, "week")?;
            let next = row.integer(1).unwrap_or(0).checked_add(1)?;
            calendar::later(start, "week", next)?.checked_sub(1)
        })
    },
)
.optional(1);
