//! Reads variables the way the OpenTelemetry specification says: empty is unset, a value that makes no
//! sense is a warning and unset. Values are named in a warning only where they cannot be a secret.

use std::time::Duration;

/// A lookup of variables, and what was found to be wrong with them.
pub(super) struct Reader<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
    warnings: Vec<String>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(lookup: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self {
            lookup,
            warnings: Vec::new(),
        }
    }

    /// Once: a variable for all signals is read for each of them.
    pub(super) fn warn(&mut self, warning: String) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    pub(super) fn into_warnings(self) -> Vec<String> {
        self.warnings
    }

    pub(super) fn text(&self, name: &str) -> Option<String> {
        let value = (self.lookup)(name)?;
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// True only for `true`, as the specification has it for its own flags.
    pub(super) fn standard_flag(&mut self, name: &str) -> bool {
        match self.text(name) {
            Some(value) if value.eq_ignore_ascii_case("true") => true,
            Some(value) if !value.eq_ignore_ascii_case("false") => {
                self.warn(format!(
                    "{name}: {value:?} is neither true nor false; false is used"
                ));
                false
            }
            _ => false,
        }
    }

    /// A whole number from 1.
    pub(super) fn count(&mut self, name: &str) -> Option<usize> {
        let value = self.text(name)?;
        let count = value.parse().ok().filter(|count| *count > 0);
        if count.is_none() {
            self.warn(format!(
                "{name}: {value:?} is not a number from 1; it is ignored"
            ));
        }
        count
    }

    /// A whole number from 1; more than `max` is taken as `max`.
    pub(super) fn count_to(&mut self, name: &str, max: usize) -> Option<usize> {
        let count = self.count(name)?;
        if count > max {
            self.warn(format!("{name}: {count} is too much; {max} is used"));
        }
        Some(count.min(max))
    }

    /// A whole number from 0.
    pub(super) fn limit(&mut self, name: &str) -> Option<u32> {
        let value = self.text(name)?;
        let limit = value.parse().ok();
        if limit.is_none() {
            self.warn(format!(
                "{name}: {value:?} is not a number from 0; it is ignored"
            ));
        }
        limit
    }

    /// Milliseconds from 1, of the first of `names` that has them.
    pub(super) fn first_millis(&mut self, names: &[&str]) -> Option<Duration> {
        let millis = names.iter().find_map(|name| self.count(name))?;
        Some(Duration::from_millis(
            u64::try_from(millis).unwrap_or(u64::MAX),
        ))
    }

    /// `key=value` pairs, percent-encoded as in baggage.
    pub(super) fn resource(&mut self, name: &str) -> Vec<(String, String)> {
        let text = self.text(name).unwrap_or_default();
        let mut pairs = Vec::new();
        for (position, entry) in entries(&text) {
            match entry.split_once('=') {
                Some((key, value)) if !key.trim().is_empty() => {
                    pairs.push((percent_decoded(key.trim()), percent_decoded(value.trim())));
                }
                _ => self.warn(format!(
                    "{name}: entry {position} is not key=value; it is ignored"
                )),
            }
        }
        pairs
    }
}

/// The entries between commas with their positions, from 1; empty ones are left out but counted.
pub(super) fn entries(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let numbered = text
        .split(',')
        .enumerate()
        .map(|(index, entry)| (index + 1, entry.trim()));
    numbered.filter(|(_, entry)| !entry.is_empty())
}

/// Decodes `%20` and its like. Text that is not percent-encoded UTF-8 is taken as it is: a token may
/// contain a bare `%`.
pub(super) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let digits = tail
            .get(..2)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        let escaped = digits
            .filter(|pair| first == b'%' && pair.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        bytes.push(escaped.unwrap_or(first));
        rest = if escaped.is_some() {
            tail.get(2..).unwrap_or_default()
        } else {
            tail
        };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
