//! Timespans as text: Go's duration syntax out (`1m30s`, `130.944578ms`), that and APL's units in.

pub(crate) const MICROSECOND: i64 = 1_000;
pub(crate) const MILLISECOND: i64 = 1_000 * MICROSECOND;
pub(crate) const SECOND: i64 = 1_000 * MILLISECOND;
pub(crate) const MINUTE: i64 = 60 * SECOND;
pub(crate) const HOUR: i64 = 60 * MINUTE;
pub(crate) const DAY: i64 = 24 * HOUR;
pub(crate) const WEEK: i64 = 7 * DAY;

/// Nanoseconds as Go prints a duration: `0s`, `666.387µs`, `1m0s`, `-2h0m0.5s`.
pub fn format(nanos: i64) -> String {
    let sign = if nanos < 0 { "-" } else { "" };
    let size = nanos.unsigned_abs();
    let second = SECOND.unsigned_abs();
    if size == 0 {
        return "0s".to_owned();
    }
    if size < second {
        let (unit, name) = match size {
            0..1_000 => (1, "ns"),
            1_000..1_000_000 => (MICROSECOND.unsigned_abs(), "µs"),
            _ => (MILLISECOND.unsigned_abs(), "ms"),
        };
        return format!("{sign}{}{name}", decimal(size, unit));
    }
    let minute = MINUTE.unsigned_abs();
    let hour = HOUR.unsigned_abs();
    let seconds = decimal(size % minute, second);
    match (size / hour, size % hour / minute) {
        (0, 0) => format!("{sign}{seconds}s"),
        (0, minutes) => format!("{sign}{minutes}m{seconds}s"),
        (hours, minutes) => format!("{sign}{hours}h{minutes}m{seconds}s"),
    }
}

/// `size / unit` as an exact decimal without trailing zeros.
fn decimal(size: u64, unit: u64) -> String {
    let (whole, rest) = (size / unit, size % unit);
    if rest == 0 {
        return whole.to_string();
    }
    let digits = unit.ilog10() as usize;
    let fraction = format!("{rest:0digits$}");
    format!("{whole}.{}", fraction.trim_end_matches('0'))
}

/// Reads `1h30m`, `1.5s`, `-200ms`, `2d`; `None` when it is no timespan.
pub fn parse(text: &str) -> Option<i64> {
    let text = text.trim();
    let (negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    if rest == "0" {
        return Some(0);
    }
    let mut total: i64 = 0;
    while !rest.is_empty() {
        let number_end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (number, after) = rest.split_at(number_end);
        let unit_end = after
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(after.len());
        let (name, after) = after.split_at(unit_end);
        total = total.checked_add(scaled(number, unit(name)?)?)?;
        rest = after;
    }
    (!text.is_empty() && text != "-").then_some(if negative { -total } else { total })
}

/// Nanoseconds of a unit as APL writes it.
pub(crate) fn unit(name: &str) -> Option<i64> {
    Some(match name {
        "ns" | "nano" | "nanos" | "nanosecond" | "nanoseconds" => 1,
        "us" | "µs" | "μs" | "micro" | "micros" | "microsecond" | "microseconds" => MICROSECOND,
        "ms" | "milli" | "millis" | "millisecond" | "milliseconds" => MILLISECOND,
        "s" | "sec" | "second" | "seconds" => SECOND,
        "m" | "min" | "minute" | "minutes" => MINUTE,
        "h" | "hr" | "hrs" | "hour" | "hours" => HOUR,
        "d" | "day" | "days" => DAY,
        "w" | "week" | "weeks" => WEEK,
        _ => return None,
    })
}

/// A decimal number of units in nanoseconds, exact as long as it fits.
pub(crate) fn scaled(number: &str, unit: i64) -> Option<i64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let whole: i64 = whole.parse().ok()?;
    let mut nanos = i128::from(whole) * i128::from(unit);
    let mut scale: i128 = 1;
    for digit in fraction.chars().take(15) {
        scale *= 10;
        nanos += i128::from(digit.to_digit(10)?) * i128::from(unit) / scale;
    }
    i64::try_from(nanos).ok()
}
