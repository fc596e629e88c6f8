//! `OTEL_EXPORTER_OTLP_HEADERS`: `key=value,key2=value2`. The SDK drops a malformed entry without a word,
//! and the next thing seen is a 401; here it is one warning, which never shows a value.

use std::fmt;

use http::{HeaderName, HeaderValue};

use super::Signal;
use super::reader::{Reader, entries, percent_decoded};

/// Headers sent with every export. Their values are secrets: `Debug` shows the names only.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Headers(Vec<(HeaderName, HeaderValue)>);

impl Headers {
    /// The headers in the order given. The values are for sending, not for showing.
    pub fn iter(&self) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
        self.0.iter().map(|(name, value)| (name, value))
    }

    /// Adds a header; one of the same name is replaced.
    pub fn set(&mut self, name: HeaderName, value: HeaderValue) {
        self.0.retain(|(known, _)| *known != name);
        self.0.push((name, value));
    }
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.0.iter().map(|(name, _)| name))
            .finish()
    }
}

/// Both variables; for a header in both, the signal's own wins.
pub(super) fn from_env(env: &mut Reader, signal: Signal) -> Headers {
    let mut headers = Headers::default();
    let [own, general] = signal.variables("HEADERS");
    for variable in [general, own] {
        let text = env.text(&variable).unwrap_or_default();
        for (position, entry) in entries(&text) {
            match parse(entry) {
                Ok((name, value)) => headers.set(name, value),
                Err(problem) => env.warn(malformed(&variable, position, entry, problem)),
            }
        }
    }
    headers
}

fn parse(entry: &str) -> Result<(HeaderName, HeaderValue), &'static str> {
    let (key, value) = entry.split_once('=').ok_or("there is no = in it")?;
    let name = HeaderName::from_bytes(key.trim().as_bytes())
        .map_err(|_| "the key is not a header name")?;
    let value = percent_decoded(value.trim());
    if value.is_empty() {
        return Err("the value is empty");
    }
    let mut value = HeaderValue::from_str(&value).map_err(|_| "the value is not header text")?;
    value.set_sensitive(true);
    Ok((name, value))
}

fn malformed(variable: &str, position: usize, entry: &str, problem: &str) -> String {
    let key = key_of(entry).map_or_else(|| "no key".to_owned(), |key| format!("key {key:?}"));
    format!("{variable}: entry {position} ({key}) is malformed: {problem}; it is ignored")
}

/// The text before the `=` or, a frequent slip, the `:`. An entry with neither has no key to show: it may
/// be the second half of a token.
fn key_of(entry: &str) -> Option<&str> {
    let end = entry.find(['=', ':'])?;
    let key = entry[..end].trim();
    let plain = !key.is_empty() && HeaderName::from_bytes(key.as_bytes()).is_ok();
    plain.then_some(key)
}
