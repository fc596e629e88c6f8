//! Datetimes as text: RFC 3339 with up to nine fraction digits out, that and looser forms in. UTC.

use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat};

/// As people and logs write them.
mod loose;

/// Nanoseconds since 1970 as RFC 3339 with as many fraction digits as are needed.
pub fn format(nanos: i64) -> String {
    let time = DateTime::from_timestamp_nanos(nanos);
    let whole = time.to_rfc3339_opts(SecondsFormat::Secs, true);
    match nanos.rem_euclid(1_000_000_000) {
        0 => whole,
        rest => {
            let fraction = format!("{rest:09}");
            format!(
                "{}.{}Z",
                whole.trim_end_matches('Z'),
                fraction.trim_end_matches('0')
            )
        }
    }
}

/// Reads RFC 3339, `2024-01-02 03:04:05.678`, `2024-01-02 03:04`, `2024-01-02`; without a zone it is
/// UTC. `None` when it is no datetime, or outside 1677–2262, which nanoseconds cannot express.
pub fn parse(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return time.timestamp_nanos_opt();
    }
    let local = text.strip_suffix(['Z', 'z']).unwrap_or(text);
    for pattern in [
        "%Y-%m-%d %H:%M:%S%.f",
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%d %H:%M",
        "%Y-%m-%dT%H:%M",
    ] {
        if let Ok(time) = NaiveDateTime::parse_from_str(local, pattern) {
            return time.and_utc().timestamp_nanos_opt();
        }
    }
    let date = NaiveDate::parse_from_str(local, "%Y-%m-%d").ok()?;
    date.and_hms_opt(0, 0, 0)?.and_utc().timestamp_nanos_opt()
}

/// Reads what [`parse`] reads, and many other forms: `May 8, 2009 5:57:51 PM`, `3/31/2014`, `1332151919`.
pub(crate) fn read(text: &str) -> Option<i64> {
    parse(text).or_else(|| loose::parse(text.trim()))
}
