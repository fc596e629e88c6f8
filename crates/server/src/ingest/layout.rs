//! How a sender writes times, in the words of Go: `2006-01-02 15:04:05` stands for year, month, day, hour, minute and
//! second.

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use std::fmt::Write;

/// Go's words and chrono's, the longer ones first.
const WORDS: [(&str, &str); 27] = [
    ("January", "%B"),
    ("Monday", "%A"),
    ("Z07:00", "%:z"),
    ("-07:00", "%:z"),
    ("Z0700", "%z"),
    ("-0700", "%z"),
    ("2006", "%Y"),
    ("Jan", "%b"),
    ("Mon", "%a"),
    ("MST", "%Z"),
    (".000000000", "%.9f"),
    (".999999999", "%.f"),
    (".000000", "%.6f"),
    (".999999", "%.f"),
    (".000", "%.3f"),
    (".999", "%.f"),
    ("002", "%j"),
    ("01", "%m"),
    ("02", "%d"),
    ("03", "%I"),
    ("04", "%M"),
    ("05", "%S"),
    ("06", "%y"),
    ("15", "%H"),
    ("PM", "%p"),
    ("_2", "%e"),
    ("2", "%-d"),
];
const LAYOUT_BYTES_MAX: usize = 100;

/// A layout, in chrono's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Layout(String);

impl Layout {
    /// `None` when it is too long to be one.
    pub(crate) fn new(go: &str) -> Option<Self> {
        if go.len() > LAYOUT_BYTES_MAX {
            return None;
        }
        let (mut pattern, mut rest) = (String::new(), go);
        while let Some(first) = rest.chars().next() {
            let word = WORDS.iter().find(|(go, _)| rest.starts_with(go));
            let length = match word {
                Some((go, chrono)) => {
                    pattern.push_str(chrono);
                    go.len()
                }
                None if first == '%' => {
                    pattern.push_str("%%");
                    1
                }
                None => {
                    let _ = write!(pattern, "{first}");
                    first.len_utf8()
                }
            };
            rest = &rest[length..];
        }
        Some(Self(pattern))
    }

    /// Nanoseconds since 1970-01-01 UTC; without a zone the time is UTC.
    pub(crate) fn parse(&self, text: &str) -> Option<i64> {
        // chrono has no word for a `Z` in the place of an offset.
        let with_offset = match (self.0.contains("%:z"), text.strip_suffix('Z')) {
            (true, Some(local)) => format!("{local}+00:00"),
            _ => text.to_owned(),
        };
        if let Ok(time) = DateTime::parse_from_str(&with_offset, &self.0) {
            return time.timestamp_nanos_opt();
        }
        if let Ok(time) = NaiveDateTime::parse_from_str(text, &self.0) {
            return time.and_utc().timestamp_nanos_opt();
        }
        let date = NaiveDate::parse_from_str(text, &self.0).ok()?;
        date.and_hms_opt(0, 0, 0)?.and_utc().timestamp_nanos_opt()
    }
}
