//! How far this machine's clock is from the store's: spans of a wrong time are not found where one looks for them.

use chrono::{DateTime, Utc};

use super::Finding;
use super::visit::Visit;

/// The header counts whole seconds, and the answer travels.
const SECONDS_MAX: i64 = 5;

/// Nothing, when the store does not say what time it is.
pub(super) fn finding(visit: &Visit) -> Option<Finding> {
    let date = visit.beside.date.as_deref()?;
    let theirs = DateTime::parse_from_rfc2822(date).ok()?;
    let ours = DateTime::<Utc>::from(visit.ended_at);
    let ahead = ours.signed_duration_since(theirs).num_seconds();
    if ahead.abs() <= SECONDS_MAX {
        return Some(Finding::ok("the clock agrees with the store's"));
    }
    let direction = if ahead > 0 { "ahead of" } else { "behind" };
    Some(Finding::warning(
        format!(
            "the clock is {} s {direction} the store's: spans lie at the wrong time",
            ahead.abs()
        ),
        "let NTP set the clock, here or there",
    ))
}
