//! String literals: `"a\tb"`, `'a'` with escapes; `@"C:\x"` raw, where a doubled quote is a quote.

use super::Shape;
use crate::diagnostic::Report;

/// A string with escapes; `rest` starts with its quote. Returns its content and length.
pub(super) fn quoted(rest: &str, at: usize, report: &mut Report<'_>) -> (Shape, usize) {
    let mut content = String::new();
    let mut letters = rest.char_indices();
    let quote = letters.next().map_or('"', |(_, quote)| quote);
    let is_end = |letter| match quote {
        '“' | '”' => matches!(letter, '“' | '”' | '"'),
        '‘' | '’' => matches!(letter, '‘' | '’' | '\''),
        straight => letter == straight,
    };
    while let Some((offset, letter)) = letters.next() {
        match letter {
            _ if is_end(letter) => {
                let length = offset + letter.len_utf8();
                if !quote.is_ascii() {
                    let message = format!("expected straight quotes, found '{quote}'");
                    let straight = format!("\"{content}\"");
                    report.suggest(&(at..at + length), message, Some(straight));
                }
                return (Shape::Text(content), length);
            }
            '\n' => return unfinished(content, offset, at, report),
            '\\' => match letters.next() {
                Some((_, escaped)) => escape(escaped, &mut letters, &mut content),
                None => break,
            },
            _ => content.push(letter),
        }
    }
    unfinished(content, rest.len(), at, report)
}

/// A raw string; `rest` starts with `@` and the quote.
pub(super) fn raw(rest: &str, at: usize, report: &mut Report<'_>) -> (Shape, usize) {
    let mut content = String::new();
    let mut letters = rest.char_indices().skip(1).peekable();
    let quote = letters.next().map_or('"', |(_, quote)| quote);
    while let Some((offset, letter)) = letters.next() {
        if letter != quote {
            content.push(letter);
        } else if letters.next_if(|(_, next)| *next == quote).is_some() {
            content.push(quote);
        } else {
            return (Shape::Text(content), offset + 1);
        }
    }
    unfinished(content, rest.len(), at, report)
}

/// An escape that is none stands for itself, backslash included: `"\d"` is a regex's digit, and a
/// dot escaped inside a field name keeps its backslash.
fn escape(letter: char, letters: &mut std::str::CharIndices<'_>, content: &mut String) {
    match letter {
        'n' => content.push('\n'),
        't' => content.push('\t'),
        'r' => content.push('\r'),
        '0' => content.push('\0'),
        '\\' | '"' | '\'' => content.push(letter),
        'u' => match code_point(letters.as_str()) {
            Some(decoded) => {
                content.push(decoded);
                letters.nth(3);
            }
            None => content.push_str("\\u"),
        },
        _ => content.extend(['\\', letter]),
    }
}

fn code_point(rest: &str) -> Option<char> {
    let digits = rest
        .get(..4)
        .filter(|digits| digits.chars().all(|c| c.is_ascii_hexdigit()))?;
    char::from_u32(u32::from_str_radix(digits, 16).ok()?)
}

fn unfinished(
    content: String,
    length: usize,
    at: usize,
    report: &mut Report<'_>,
) -> (Shape, usize) {
    report.error(
        &(at..at + length),
        "this string does not end: expected a closing quote",
    );
    (Shape::Text(content), length)
}
