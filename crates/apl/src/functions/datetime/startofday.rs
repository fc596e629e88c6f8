//! # startofday
//!
//! The first moment of the day; with an offset, of the day so many days later.
//!
//! ```apl
//! startofday(datetime, offset)
//! ```
//!
//! ## Example
//!
//! ```apl
//! startofday(datetime(2024-03-05T13:14:15Z)) -> 2024-03-05T00:00:00Z
//! startofday(datetime(2024-03-05T13:14:15Z), -1) -> 2024-03-04T00:00:00Z
//! ```

use crate::functions::datetime::calendar;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["startofday"],
    "startofday(datetime, offset)",
    &[Takes::Datetime, Takes::Integer],
    Kind::Datetime,
    |rows| {
        rows.datetimes(|row| {
            let start = calendar::start(row.integer(0)?, "day")?;
            calendar::later(start, "day", row.integer(1).unwrap_or(0))
        })
    },
)
.optional(1);
