//! Datetimes as people and logs write them: `May 8, 2009 5:57:51 PM`, `3/31/2014`, `1332151919`. A month in digits
//! stands before its day unless the year is first. Of names of zones only UTC, GMT and Z are known.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

/// `None` when it is in no known form, or outside 1677–2262.
pub(super) fn parse(text: &str) -> Option<i64> {
    if !text.is_ascii() {
        return None;
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return of_digits(text);
    }
    let (date, rest) = parted(text);
    let (clock, words) = match rest.find(|letter: char| !matches!(letter, '0'..='9' | ':' | '.')) {
        Some(end) => rest.split_at(end),
        None => (rest, ""),
    };
    let (mut half, mut offset_minutes, mut year) = ("", 0, "");
    for word in words.split_whitespace() {
        match word {
            "UTC" | "GMT" | "Z" | "z" => {}
            _ if word.eq_ignore_ascii_case("am") || word.eq_ignore_ascii_case("pm") => half = word,
            _ if word.starts_with(['+', '-']) => offset_minutes = offset(word)?,
            _ if word.len() == 4 && year.is_empty() => year = word,
            _ => return None,
        }
    }
    let time = time(clock, half)?;
    let date = match year {
        "" => date.to_owned(),
        year => format!("{date} {year}"),
    };
    let nanos = of_date(&date)?.and_time(time);
    let offset_nanos = offset_minutes * 60_000_000_000;
    nanos_of(nanos)?.checked_sub(offset_nanos)
}

/// What stands before the hour, and from there on.
fn parted(text: &str) -> (&str, &str) {
    let Some(colon) = text.find(':') else {
        return (text, "");
    };
    // `02/Jan/2006:15:04:05`
    let is_after_year = text[..colon].rsplit(['/', ' ']).next();
    if is_after_year.is_some_and(|year| year.len() == 4) {
        return (&text[..colon], &text[colon + 1..]);
    }
    let before = text[..colon].trim_end_matches(|letter: char| letter.is_ascii_digit());
    let date = before.trim_end_matches([' ', ',']);
    let date = date.strip_suffix('T').unwrap_or(date);
    (date, &text[before.len()..])
}

/// Seconds, milliseconds, microseconds or nanoseconds since 1970, or a date without signs between.
fn of_digits(digits: &str) -> Option<i64> {
    let since_1970 = |scale: i64| digits.parse::<i64>().ok()?.checked_mul(scale);
    match digits.len() {
        4 => nanos_of(NaiveDate::from_ymd_opt(digits.parse().ok()?, 1, 1)?.into()),
        8 => nanos_of(NaiveDate::parse_from_str(digits, "%Y%m%d").ok()?.into()),
        10 => since_1970(1_000_000_000),
        13 => since_1970(1_000_000),
        14 => nanos_of(NaiveDateTime::parse_from_str(digits, "%Y%m%d%H%M%S").ok()?),
        16 => since_1970(1_000),
        19 => since_1970(1),
        _ => None,
    }
}

fn nanos_of(time: NaiveDateTime) -> Option<i64> {
    time.and_utc().timestamp_nanos_opt()
}

/// With or without the day of the week, which may be wrong.
fn of_date(text: &str) -> Option<NaiveDate> {
    let text = match text.split_once([',', ' ']) {
        Some((day, date)) if is_weekday(day) => date.trim_start(),
        _ => text,
    };
    let patterns = [
        "%Y-%m-%d",
        "%Y/%m/%d",
        "%Y.%m.%d",
        "%m/%d/%Y",
        "%m/%d/%y",
        "%m.%d.%Y",
        "%m-%d-%Y",
        "%B %d, %Y",
        "%B %d %Y",
        "%d %B, %Y",
        "%d %B %Y",
        "%d-%B-%Y",
        "%d/%B/%Y",
        "%Y-%B-%d",
        "%B-%d-%Y",
    ];
    let dates = patterns
        .iter()
        .map(|pattern| NaiveDate::parse_from_str(text, pattern));
    // `%Y` takes the 14 of 3/31/14 for a year.
    dates
        .flatten()
        .find(|date| nanos_of((*date).into()).is_some())
}

fn is_weekday(word: &str) -> bool {
    word.len() >= 3 && word.parse::<chrono::Weekday>().is_ok()
}

/// Midnight when there is no clock.
fn time(clock: &str, half: &str) -> Option<NaiveTime> {
    let patterns: &[&str] = match (clock, half) {
        ("", "") => return Some(NaiveTime::MIN),
        (_, "") => &["%H:%M:%S%.f", "%H:%M"],
        _ => &["%I:%M:%S%.f %p", "%I:%M %p"],
    };
    let text = format!("{clock} {half}");
    let times = patterns
        .iter()
        .map(|pattern| NaiveTime::parse_from_str(text.trim_end(), pattern));
    times.flatten().next()
}

/// Minutes of `+0200` or `+02:00`.
fn offset(text: &str) -> Option<i64> {
    let digits: String = text
        .chars()
        .skip(1)
        .filter(|letter| *letter != ':')
        .collect();
    if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = digits.split_at(2);
    let (hours, minutes) = (hours.parse::<i64>().ok()?, minutes.parse::<i64>().ok()?);
    if hours > 14 || minutes > 59 {
        return None;
    }
    let minutes = hours * 60 + minutes;
    Some(if text.starts_with('-') {
        -minutes
    } else {
        minutes
    })
}
