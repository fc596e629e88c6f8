//! # startofweek
//!
//! The first moment of the week, which begins on Sunday; with an offset, of the week so many weeks later.
//!
//! ```apl
//! startofweek(datetime, offset)
//! ```
//!
//! ## Example
//!
//! ```apl
//! startofweek(datetime(2024-03-05T13:14:15Z)) -> 2024-03-03T00:00:00Z
//! startofweek(datetime(2024-03-03), 1) -> 2024-03-10T00:00:00Z
//! ```

use crate::functions::datetime::calendar;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["startofweek"],
    "startofweek(datetime, offset)",
    &[Takes::Datetime, Takes::Integer],
    Kind::Datetime,
    |rows| {
        rows.datetimes(|row| {
            let start = calendar::start(row.integer(0)?, "week")?;
            calendar::later(start, "week", row.integer(1).unwrap_or(0))
        })
    },
)
.optional(1);
