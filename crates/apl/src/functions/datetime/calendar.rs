//! Days, weeks, months: where they begin, and how far it is from one to the other. Times are nanoseconds since
//! 1970 in UTC; what they cannot express (before 1677, after 2262) is `None`.

use crate::timespan::{DAY, HOUR, MICROSECOND, MILLISECOND, MINUTE, SECOND, WEEK};
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};

/// The parts that datetimes are counted in.
pub(super) const PARTS: &[&str] = &[
    "year",
    "quarter",
    "month",
    "week",
    "day",
    "hour",
    "minute",
    "second",
    "millisecond",
    "microsecond",
    "nanosecond",
];

pub(super) fn time(nanos: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_nanos(nanos)
}

/// So many parts later.
pub(super) fn later(nanos: i64, part: &str, count: i64) -> Option<i64> {
    let part = part.to_ascii_lowercase();
    if let Some(length) = nanos_of(&part) {
        return nanos.checked_add(count.checked_mul(length)?);
    }
    let count = count.checked_mul(months_of(&part)?)?;
    let months = Months::new(u32::try_from(count.unsigned_abs()).ok()?);
    let moved = if count < 0 {
        time(nanos).checked_sub_months(months)
    } else {
        time(nanos).checked_add_months(months)
    };
    moved?.timestamp_nanos_opt()
}

/// The first moment of the day, week, month or year.
pub(super) fn start(nanos: i64, part: &str) -> Option<i64> {
    let date = time(nanos).date_naive();
    let first = match part {
        "day" => date,
        "week" => {
            let days = date.weekday().num_days_from_sunday();
            date.checked_sub_days(Days::new(u64::from(days)))?
        }
        "month" => date.with_day(1)?,
        "year" => NaiveDate::from_ymd_opt(date.year(), 1, 1)?,
        _ => return None,
    };
    first.and_hms_opt(0, 0, 0)?.and_utc().timestamp_nanos_opt()
}

/// How many whole parts ended before; the difference of two is the number of borders between them.
pub(super) fn since_the_start(nanos: i64, part: &str) -> Option<i64> {
    let part = part.to_ascii_lowercase();
    // 1970 began on a Thursday, four days after a Sunday.
    if part == "week" {
        return Some((nanos.div_euclid(DAY) + 4).div_euclid(7));
    }
    if let Some(length) = nanos_of(&part) {
        return Some(nanos.div_euclid(length));
    }
    let date = time(nanos);
    let months = i64::from(date.year()) * 12 + i64::from(date.month0());
    Some(months.div_euclid(months_of(&part)?))
}

fn nanos_of(part: &str) -> Option<i64> {
    Some(match part {
        "week" => WEEK,
        "day" => DAY,
        "hour" => HOUR,
        "minute" => MINUTE,
        "second" => SECOND,
        "millisecond" => MILLISECOND,
        "microsecond" => MICROSECOND,
        "nanosecond" => 1,
        _ => return None,
    })
}

fn months_of(part: &str) -> Option<i64> {
    Some(match part {
        "year" => 12,
        "quarter" => 3,
        "month" => 1,
        _ => return None,
    })
}
