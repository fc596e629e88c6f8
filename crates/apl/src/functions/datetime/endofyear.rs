//! # endofyear
//!
//! The last nanosecond of the year; with an offset, of the year so many years later.
//!
//! ```apl
//! endofyear(datetime, offset)
//! ```
//!
//! ## Example
//!
//! ```apl
//! endofyear(datetime(2024-03-05T13:14:15Z)) -> 2024-12-31T23:59:59.999999999Z
//! ```

use crate::functions::datetime::calendar;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["endofyear"],
    "endofyear(datetime, offset)",
    &[Takes::Datetime, Takes::Integer],
    Kind::Datetime,
    |rows| {
        rows.datetimes(|row| {
            let start = calendar::start(row.integer(0)?, "year")?;
            let next = row.integer(1).unwrap_or(0).checked_add(1)?;
            calendar::later(start, "year", next)?.checked_sub(1)
        })
    },
)
.optional(1);
