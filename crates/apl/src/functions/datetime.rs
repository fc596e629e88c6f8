//! Datetimes. They are in UTC; weeks begin on Sunday, except where ISO 8601 counts them.

use super::Call;
use super::Function;
use crate::bind::{Binder, Bound, Value};
use crate::kind::Kind;
use datafusion::common::ScalarValue;
use datafusion::logical_expr::lit;

/// Days, weeks, months: where they begin, and how far it is from one to the other.
mod calendar;

/// The time of the query less a timespan.
mod ago;
/// A datetime so many parts later.
mod datetime_add;
/// How many borders of a part lie between two datetimes, the second being the earlier one.
mod datetime_diff;
/// A part of a datetime as a number.
mod datetime_part;
/// The day of the month, from 1.
mod dayofmonth;
/// The days since Sunday.
mod dayofweek;
/// The day of the year, from 1.
mod dayofyear;
/// The last nanosecond of the day.
mod endofday;
/// The last nanosecond of the month.
mod endofmonth;
/// The last nanosecond of the week, which begins on Sunday.
mod endofweek;
/// The last nanosecond of the year.
mod endofyear;
/// The year.
mod getyear;
/// The hour, from 0 to 23.
mod hourofday;
/// The month, from 1 to 12.
mod monthofyear;
/// The time of the query, the same in every row.
mod now;
/// The first moment of the day.
mod startofday;
/// The first moment of the month.
mod startofmonth;
/// The first moment of the week, which begins on Sunday.
mod startofweek;
/// The first moment of the year.
mod startofyear;
/// The datetime so many microseconds after 1970-01-01.
mod unixtime_microseconds_todatetime;
/// The datetime so many milliseconds after 1970-01-01.
mod unixtime_milliseconds_todatetime;
/// The datetime so many nanoseconds after 1970-01-01.
mod unixtime_nanoseconds_todatetime;
/// The datetime so many seconds after 1970-01-01.
mod unixtime_seconds_todatetime;
/// The number of the week by ISO 8601, from 1 to 53.
mod week_of_year;

pub(super) const FUNCTIONS: &[Function] = &[
    ago::FUNCTION,
    datetime_add::FUNCTION,
    datetime_diff::FUNCTION,
    datetime_part::FUNCTION,
    dayofmonth::FUNCTION,
    dayofweek::FUNCTION,
    dayofyear::FUNCTION,
    endofday::FUNCTION,
    endofmonth::FUNCTION,
    endofweek::FUNCTION,
    endofyear::FUNCTION,
    getyear::FUNCTION,
    hourofday::FUNCTION,
    monthofyear::FUNCTION,
    now::FUNCTION,
    startofday::FUNCTION,
    startofmonth::FUNCTION,
    startofweek::FUNCTION,
    startofyear::FUNCTION,
    unixtime_microseconds_todatetime::FUNCTION,
    unixtime_milliseconds_todatetime::FUNCTION,
    unixtime_nanoseconds_todatetime::FUNCTION,
    unixtime_seconds_todatetime::FUNCTION,
    week_of_year::FUNCTION,
];

fn constant_timespan(binder: &mut Binder<'_, '_>, call: &Call) -> Bound<i64> {
    let (value, range) = call.argument(0);
    match value.constant() {
        Some(ScalarValue::DurationNanosecond(Some(nanos))) => Ok(*nanos),
        _ => {
            let message = format!(
                "expected a timespan literal such as 1h, found {}",
                value.spoken()
            );
            Err(binder.error(range, message))
        }
    }
}

fn constant(nanos: i64) -> Value {
    Value::new(
        lit(ScalarValue::TimestampNanosecond(Some(nanos), None)),
        Kind::Datetime,
    )
}
