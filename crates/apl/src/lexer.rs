//! Text to tokens. Spaces and `//` comments fall away; a bad character or an unfinished string is
//! reported and becomes a token all the same, so that the parser sees the rest.

use crate::diagnostic::Report;
use std::ops::Range;

/// Numbers and the timespans they become with a unit.
mod number;
/// String literals: escapes and raw strings.
mod text;

/// A token and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    pub(crate) shape: Shape,
    pub(crate) range: Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    /// A bare word: a name, a keyword, an operator spelt in letters.
    Word(String),
    /// A string literal's content.
    Text(String),
    Integer(i64),
    Float(f64),
    /// Nanoseconds.
    Timespan(i64),
    /// What stands between the parentheses of `datetime(2024-01-02 03:04)`.
    Datetime(String),
    /// Punctuation, as written.
    Sign(&'static str),
    /// What is no part of the language; it is reported where it is found.
    Unknown,
    End,
}

/// Longest first: the first that fits is taken.
const SIGNS: &[&str] = &[
    "==", "!=", "<>", "<=", ">=", "=~", "!~", "..", "|", ",", ";", ":", "(", ")", "[", "]", "{",
    "}", "=", "<", ">", "+", "-", "*", "/", "%", ".", "!", "~", "$",
];

/// All tokens, the last being [`Shape::End`].
pub(crate) fn tokens(text: &str, report: &mut Report<'_>) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].chars().next() {
        let rest = &text[at..];
        if next.is_whitespace() {
            at += next.len_utf8();
        } else if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if let Some((shape, length)) = token(rest, at, report) {
            found.push(Token {
                shape,
                range: at..at + length,
            });
            at += length;
        } else {
            let range = at..at + unknown(rest, at, report);
            at = range.end;
            found.push(Token {
                shape: Shape::Unknown,
                range,
            });
        }
    }
    found.push(Token {
        shape: Shape::End,
        range: text.len()..text.len(),
    });
    found
}

/// The token at the start of `rest` and its length in bytes.
fn token(rest: &str, at: usize, report: &mut Report<'_>) -> Option<(Shape, usize)> {
    let first = rest.chars().next()?;
    if matches!(first, '"' | '\'' | '“' | '”' | '‘' | '’') {
        return Some(text::quoted(rest, at, report));
    }
    if rest.starts_with("@\"") || rest.starts_with("@'") {
        return Some(text::raw(rest, at, report));
    }
    if first.is_ascii_digit() {
        return Some(number::number(rest, at, report));
    }
    if first.is_alphabetic() || first == '_' {
        return Some(word(rest));
    }
    let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign))?;
    Some((Shape::Sign(sign), sign.len()))
}

/// Reports what starts `rest` and is no token; returns its length in bytes.
fn unknown(rest: &str, at: usize, report: &mut Report<'_>) -> usize {
    if rest.starts_with("&&") {
        report.suggest(
            &(at..at + 2),
            "expected an operator, found '&&'",
            Some("and".to_owned()),
        );
        return 2;
    }
    let letter = rest.chars().next().unwrap_or_default();
    let range = at..at + letter.len_utf8();
    report.error(&range, format!("unexpected character '{letter}'"));
    range.len()
}

fn word(rest: &str) -> (Shape, usize) {
    let end = rest
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(rest.len());
    let word = &rest[..end];
    if matches!(word, "datetime" | "date")
        && let Some((content, length)) = unquoted_datetime(&rest[end..])
    {
        return (Shape::Datetime(content.to_owned()), end + length);
    }
    (Shape::Word(word.to_owned()), end)
}

/// `(2024-01-02 03:04:05)`: dates are written without quotes, and are no expression.
fn unquoted_datetime(rest: &str) -> Option<(&str, usize)> {
    let open = rest.len() - rest.trim_start().len();
    let inside = rest[open..].strip_prefix('(')?;
    let close = inside.find([')', '\n', '|'])?;
    let content = inside[..close].trim();
    let dated = content.starts_with(|c: char| c.is_ascii_digit());
    (dated && inside[close..].starts_with(')')).then_some((content, open + 1 + close + 1))
}
