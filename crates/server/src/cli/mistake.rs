//! A mistake in a query, drawn under the query: the line, and carets below the range.

use super::terminal::plain;
use serde::Deserialize;
use serde_json::Value;
use std::borrow::Cow;
use std::iter;
use unicode_width::UnicodeWidthStr;

/// A mistake as the server sends it; the range is in bytes of the query.
#[derive(Debug, Deserialize)]
pub(super) struct Mistake {
    message: String,
    line: usize,
    column: usize,
    start: usize,
    end: usize,
    suggestion: Option<String>,
}

impl Mistake {
    /// Where it begins, in bytes of the query.
    pub(super) fn start(&self) -> usize {
        self.start
    }

    /// The same in the text without its first `bytes`, which are of the first line.
    pub(super) fn without(self, bytes: usize) -> Self {
        let columns = if self.line == 1 { bytes } else { 0 };
        Self {
            column: self.column.saturating_sub(columns).max(1),
            start: self.start.saturating_sub(bytes),
            end: self.end.saturating_sub(bytes),
            ..self
        }
    }

    /// What is expected.
    pub(super) fn message(&self) -> Cow<'_, str> {
        plain(&self.message)
    }
}

/// The mistakes in a server's refusal; none when it is about something else.
pub(super) fn read(body: &Value) -> Vec<Mistake> {
    body.get("diagnostics")
        .cloned()
        .and_then(|list| serde_json::from_value(list).ok())
        .unwrap_or_default()
}

/// All of them, each drawn under the query.
pub(super) fn told(query: &str, mistakes: &[Mistake]) -> String {
    let drawn = mistakes.iter().map(|mistake| draw(query, mistake));
    let lines = iter::once("the query has a mistake".to_owned()).chain(drawn);
    lines.collect::<Vec<String>>().join("\n")
}

/// Three lines: what is expected, the line of the query, the carets.
fn draw(query: &str, mistake: &Mistake) -> String {
    let start = query.floor_char_boundary(mistake.start.min(query.len()));
    let end = query.ceil_char_boundary(mistake.end.clamp(start, query.len()));
    let line_start = query[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = query[start..]
        .find('\n')
        .map_or(query.len(), |at| start + at);
    let before = plain(&query[line_start..start]).width();
    let below = plain(&query[start..end.min(line_end).max(start)])
        .width()
        .max(1);
    let advice = match &mistake.suggestion {
        Some(suggestion) => format!("; did you mean '{}'?", plain(suggestion)),
        None => String::new(),
    };
    format!(
        "{}:{}: {}{advice}\n  {}\n  {}{}",
        mistake.line,
        mistake.column,
        plain(&mistake.message),
        plain(&query[line_start..line_end]),
        " ".repeat(before),
        "^".repeat(below),
    )
}
