//! Places in the text: the parser counts lines and characters, a diagnostic bytes.

use crate::{blame, statement};
use apl::Diagnostic;
use datafusion::common::Span as PlanSpan;
use datafusion::sql::sqlparser::ast::{Expr, Spanned, Value};
use datafusion::sql::sqlparser::tokenizer::{Location, Span, Token};
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

/// Where a word stands first, by itself and in no text or comment.
pub(crate) fn of_word(text: &str, word: &str) -> Option<Range<usize>> {
    words(text)
        .find(|(found, _)| found.eq_ignore_ascii_case(word))
        .map(|(_, range)| range)
}

/// Where a function is called first.
pub(crate) fn of_call(text: &str, function: &str) -> Option<Range<usize>> {
    let is_call = |range: &Range<usize>| text[range.end..].trim_start().starts_with('(');
    words(text)
        .filter(|(found, _)| found.eq_ignore_ascii_case(function))
        .map(|(_, range)| range)
        .find(is_call)
}

/// The words of a text, without quotes, and where they stand.
fn words(text: &str) -> impl Iterator<Item = (String, Range<usize>)> {
    let tokens = statement::tokens(text).unwrap_or_default();
    tokens.into_iter().filter_map(|token| match token.token {
        Token::Word(word) => {
            let whole = range(text, token.span);
            let quote = usize::from(word.quote_style.is_some());
            let inside = whole.start + quote..whole.end.saturating_sub(quote);
            Some((word.value, inside))
        }
        _ => None,
    })
}

/// The value in quotes that a message names, if an expression is made of it.
pub(crate) fn literal(text: &str, expr: &Expr, message: &str) -> Option<Range<usize>> {
    let named = blame::parts(expr).into_iter().find_map(|part| match part {
        Expr::Value(value) => match &value.value {
            Value::SingleQuotedString(written) if message.contains(&format!("'{written}'")) => {
                Some(value.span)
            }
            _ => None,
        },
        _ => None,
    });
    named.map(|span| range(text, span))
}

/// An expression from its first word to its last parenthesis: the parser's place of `CAST(x AS BIGINT)` is that of `x`.
pub(crate) fn whole(text: &str, expr: &Expr) -> Range<usize> {
    let heads: &[&str] = match expr {
        Expr::Cast { .. } => &["try_cast(", "cast("],
        Expr::Extract { .. } => &["extract("],
        Expr::Trim { .. } => &["trim("],
        Expr::Substring { .. } => &["substring(", "substr("],
        Expr::Position { .. } => &["position("],
        Expr::Interval(_) => &["interval"],
        Expr::TypedString(_) => &["timestamp", "date", "time"],
        Expr::UnaryOp { .. } => &["not", "-", "+"],
        Expr::Array(_) => &["array[", "["],
        Expr::Subquery(_) => &["("],
        Expr::Exists { .. } => &["exists (", "exists("],
        _ => &[],
    };
    let inner = range(text, expr.span());
    let before = text[..inner.start].trim_end();
    let lower = before.to_ascii_lowercase();
    let is_near = |head: &&&str| match expr {
        // There is the part before the value.
        Expr::Extract { .. } => lower.contains(**head),
        _ => lower.ends_with(**head),
    };
    let start = heads
        .iter()
        .find(is_near)
        .and_then(|head| lower.rfind(head));
    let mut start = match leftmost(expr) {
        Some(left) => whole(text, left).start,
        None => start.unwrap_or(inner.start),
    };
    let inside = &text[start..inner.end];
    // The parser leaves out the parentheses around a part.
    if inside.matches(')').count() > inside.matches('(').count() && before.ends_with('(') {
        start = before.len() - 1;
    }
    start..closed(text, start, inner.end)
}

/// The part that an expression starts with.
fn leftmost(expr: &Expr) -> Option<&Expr> {
    match expr {
        Expr::BinaryOp { left: first, .. }
        | Expr::Like { expr: first, .. }
        | Expr::ILike { expr: first, .. }
        | Expr::Between { expr: first, .. }
        | Expr::InList { expr: first, .. }
        | Expr::InSubquery { expr: first, .. }
        | Expr::IsNull(first)
        | Expr::IsNotNull(first) => Some(first),
        _ => None,
    }
}

/// The end of what starts and ends so, with the parentheses that it opens.
fn closed(text: &str, start: usize, end: usize) -> usize {
    let (mut open, mut quote) = (0_usize, None);
    for (at, letter) in text[start..].char_indices() {
        let at = start + at;
        if at >= end && open == 0 && quote.is_none() && !matches!(letter, '(' | '[') {
            break;
        }
        match (quote, letter) {
            (Some(sign), _) if sign == letter => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(letter),
            (None, '(' | '[') => open += 1,
            (None, ')' | ']') => {
                open = open.saturating_sub(1);
                if open == 0 && at + 1 >= end {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    end
}
