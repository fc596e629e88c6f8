//! The ends of a time range: RFC 3339, or relative to now (`now`, `now-1h`, `now-1d12h`, `now+5m`).

use apl::{datetime, timespan};

/// Nanoseconds since 1970-01-01 UTC, or what was expected.
pub(crate) fn parse(text: &str, now_nanos: i64) -> Result<i64, String> {
    let trimmed = text.trim();
    let parsed = match trimmed.strip_prefix("now") {
        Some(offset) => {
            offset_nanos(offset.trim()).and_then(|offset| now_nanos.checked_add(offset))
        }
        None => datetime::parse(trimmed),
    };
    parsed.ok_or_else(|| {
        format!("expected a time such as now-1h or 2026-11-22T10:00:00Z, got {text:?}")
    })
}

/// `-1h30m` or `+5m`; nothing is no offset.
fn offset_nanos(text: &str) -> Option<i64> {
    let (sign, size) = match text.split_at_checked(1) {
        None => return Some(0),
        Some(("-", size)) => (-1, size),
        Some(("+", size)) => (1, size),
        Some(_) => return None,
    };
    timespan::parse(size.trim())
        .filter(|size| *size >= 0)
        .map(|size| sign * size)
}
