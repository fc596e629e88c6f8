//! What headers are read from: HTTP headers as they are, or any map of text. Nothing is allocated for a
//! header that is absent, nor for an HTTP header that came once.

use http::{HeaderMap, HeaderName, HeaderValue};
use opentelemetry::propagation::Extractor;

/// Stands for a line that is not ASCII. It is valid in no header, so whoever reads it refuses it.
const UNREADABLE: &str = "\u{fffd}";

pub(super) enum Carrier<'a> {
    Http(&'a HeaderMap),
    Text(&'a dyn Extractor),
}

/// The lines of one header, in the order they came; at least one.
pub(super) enum Lines<'a> {
    One([&'a str; 1]),
    More(Vec<&'a str>),
}

impl<'a> Carrier<'a> {
    pub(super) fn lines(&self, name: &HeaderName) -> Option<Lines<'a>> {
        match self {
            Self::Http(headers) => {
                let mut values = headers.get_all(name).iter();
                let first = text(values.next()?);
                let Some(second) = values.next().map(text) else {
                    return Some(Lines::One([first]));
                };
                let lines = [first, second].into_iter().chain(values.map(text));
                Some(Lines::More(lines.collect()))
            }
            Self::Text(map) => {
                let lines = map.get_all(name.as_str())?;
                (!lines.is_empty()).then_some(Lines::More(lines))
            }
        }
    }

    /// The only line of a header. Two lines contradict each other: neither is to be believed.
    pub(super) fn only(&self, name: &HeaderName) -> Option<&'a str> {
        match self.lines(name)?.as_slice() {
            [line] => Some(line),
            _ => None,
        }
    }
}

impl<'a> Lines<'a> {
    pub(super) fn as_slice(&self) -> &[&'a str] {
        match self {
            Self::One(line) => line,
            Self::More(lines) => lines,
        }
    }
}

fn text(value: &HeaderValue) -> &str {
    value.to_str().unwrap_or(UNREADABLE)
}
