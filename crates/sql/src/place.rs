//! Places in the text: the parser counts lines and characters, a diagnostic bytes.

use apl::Diagnostic;
use datafusion::common::Span as PlanSpan;
use datafusion::sql::sqlparser::tokenizer::{Location, Span};
use std::ops::Range;

/// A mistake at a place.
pub(crate) fn mistake(text: &str, range: Range<usize>, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(text, range, message, None)
}

/// The bytes of a part of the text; all of it when nobody knows which.
pub(crate) fn range(text: &str, span: Span) -> Range<usize> {
    if span.start.line == 0 {
        return 0..text.len();
    }
    let start = offset(text, span.start);
    start..offset(text, span.end).max(start)
}

/// The same, as the planner has it.
pub(crate) fn range_of_plan(text: &str, span: PlanSpan) -> Range<usize> {
    let place = |place: datafusion::common::Location| Location::new(place.line, place.column);
    range(text, Span::new(place(span.start), place(span.end)))
}

/// From a place to the end of its word.
pub(crate) fn word(text: &str, place: Location) -> Range<usize> {
    let start = match place.line {
        0 => text.len(),
        _ => offset(text, place),
    };
    let length = text[start..].find(char::is_whitespace);
    start..length.map_or(text.len(), |length| start + length)
}

fn offset(text: &str, place: Location) -> usize {
    let lines = usize::try_from(place.line).unwrap_or(usize::MAX);
    let column = usize::try_from(place.column).unwrap_or(usize::MAX);
    let before = text.split_inclusive('\n').take(lines.saturating_sub(1));
    let start: usize = before.map(str::len).sum();
    let letter = text[start..].char_indices().nth(column.saturating_sub(1));
    letter.map_or(text.len(), |(place, _)| start + place)
}
