//! # startofmonth
//!
//! The first moment of the month; with an offset, of the month so many months later.
//!
//! ```apl
//! startofmonth(datetime, offset)
//! ```
//!
//! ## Example
//!
//! ```apl
//! startofmonth(datetime(2024-03-05T13:14:15Z)) -> 2024-03-01T00:00:00Z
//! startofmonth(datetime(2024-03-05), -3) -> 2023-12-01T00:00:00Z
//! ```

use crate::functions::datetime::calendar;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["startofmonth"],
    "startofmonth(datetime, offset)",
    &[Takes::Datetime, Takes::Integer],
    Kind::Datetime,
    |rows| {
        rows.datetimes(|row| {
            let start = calendar::start(row.integer(0)?, "month")?;
            calendar::later(start, "month", row.integer(1).unwrap_or(0))
        })
    },
)
.optional(1);
