//! # startofyear
//!
//! The first moment of the year; with an offset, of the year so many years later.
//!
//! ```apl
//! startofyear(datetime, offset)
//! ```
//!
//! ## Example
//!
//! ```apl
//! startofyear(datetime(2024-03-05T13:14:15Z)) -> 2024-01-01T00:00:00Z
//! startofyear(datetime(2024-03-05), 1) -> 2025-01-01T00:00:00Z
//! ```

use crate::functions::datetime::calendar;
use crate::functions::{Function, Takes};
use crate::kind::Kind;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["startofyear"],
    "startofyear(datetime, offset)",
    &[Takes::Datetime, Takes::Integer],
    Kind::Datetime,
    |rows| {
        rows.datetimes(|row| {
            let start = calendar::start(row.integer(0)?, "year")?;
            calendar::later(start, "year", row.integer(1).unwrap_or(0))
        })
    },
)
.optional(1);
