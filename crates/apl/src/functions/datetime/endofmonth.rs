//! # endofmonth
//!
//! The last nanosecond of the month; with an offset, of the month so many months later.
//!
//! ```apl
//! endofmonth(datetime, offset)
//! ```
//!
//! ## Example
//!
//! ```apl
//! endofmonth(datetime(2024-02-05T13:14:15Z)) -> 2024-02-29T23:59:59.999999999Z
//! endofmonth(datetime(2024-01-31), 1) -> 2024-02-29T23:59:59.999999999Z
//! ```

use crate::functions::datetime::calendar;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["endofmonth"],
    "endofmonth(datetime, offset)",
    &[Takes::Datetime, Takes::Integer],
    Kind::Datetime,
    |rows| {
        rows.datetimes(|row| {
            let start = calendar::start(row.integer(0)?, "month")?;
            let next = row.integer(1).unwrap_or(0).checked_add(1)?;
            calendar::later(start, "month", next)?.checked_sub(1)
        })
    },
)
.optional(1);
