//! Values whose name stands before them: `?token=x&…` in a URL, `password=x`, `"phone":"x"`,
//! `email: Some("x")` as `Debug` writes it, `Key (email)=(x)` as Postgres does, `Authorization: x`.

use super::credential::run_end;
use super::keys::Names;
use super::kind::{Kind, MARK_START};

const NAME_BYTES_MAX: usize = 64;

/// The value behind the `=` or `:` at `at`, when its name is on a list.
pub(super) fn value(
    text: &[u8],
    at: usize,
    floor: usize,
    names: &Names,
) -> Option<(usize, usize, Kind)> {
    let colon = text.get(at) == Some(&b':');
    if colon && matches!(text.get(at + 1), Some(b':' | b'/')) {
        return None;
    }
    let (start, end) = name(text, at, floor)?;
    let name = text.get(start..end)?;
    let before = start.checked_sub(1).and_then(|at| text.get(at));
    let listed = matches!(before, Some(b'?' | b'&' | b'#' | b';')) && !colon && end == at;
    if listed && names.denies_query(name) {
        let end = query_end(text, at + 1);
        return worth(text, at + 1, end).then_some((at + 1, end, Kind::Query));
    }
    names.denies_text(name).then_some(())?;
    let name_quoted = end != at;
    let opening = opening(text, at + 1);
    if colon && !name_quoted && !opening.quoted() && !names.is_plain(name) {
        return None;
    }
    let end = match opening.quote {
        Some(quote) => quoted_end(text, opening.end, quote),
        None if names.is_line(name) => {
            run_end(text, opening.end, |byte| !b"\r\n\"'\\\0".contains(&byte))
        }
        None => run_end(text, opening.end, is_bare),
    };
    let value = text.get(opening.end..end)?;
    let compared = !colon && !opening.quoted() && is_column_of(name, value);
    let said = is_placeholder(value) || compared;
    (!said && worth(text, opening.end, end)).then_some((opening.end, end, Kind::Field))
}

/// `email = $1` is how SQL asks, not what for.
fn is_placeholder(value: &[u8]) -> bool {
    match value {
        [b'$', digits @ ..] => digits.iter().all(u8::is_ascii_digit),
        value => matches!(value, b"?" | b"%s"),
    }
}

/// Whether `value` is a column of the same name: `a.email = b.email`. Anything longer, or called otherwise, may be a
/// secret that only ends like a name.
fn is_column_of(name: &[u8], value: &[u8]) -> bool {
    let word = |byte: &u8| byte.is_ascii_alphanumeric() || b"_.".contains(byte);
    let last = |path: &[u8]| {
        path.rsplit(|byte| *byte == b'.')
            .next()
            .map(<[u8]>::to_ascii_lowercase)
    };
    value.len() <= NAME_BYTES_MAX
        && name.contains(&b'.')
        && value.contains(&b'.')
        && value.iter().all(word)
        && last(name) == last(value)
}

/// Where the name before the `=` or `:` begins and ends. Quotes, brackets and a space may be between.
fn name(text: &[u8], at: usize, floor: usize) -> Option<(usize, usize)> {
    let between = |byte: &u8| b" \"'`)\\".contains(byte);
    let near = text.get(at.saturating_sub(4).max(floor)..at)?;
    let end = at - near.iter().rev().take_while(|byte| between(byte)).count();
    let first = end.saturating_sub(NAME_BYTES_MAX).max(floor);
    let of_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.[]$".contains(byte);
    let before = text.get(first..end)?;
    let bytes = before.iter().rev().take_while(|byte| of_name(byte)).count();
    let start = end - bytes;
    let is_mark = text.get(..start)?.ends_with(MARK_START.as_bytes());
    (bytes > 0 && !is_mark).then_some((start, end))
}

/// What is between the sign and the value.
struct Opening {
    end: usize,
    quote: Option<u8>,
}

impl Opening {
    fn quoted(&self) -> bool {
        self.quote.is_some()
    }
}

fn opening(text: &[u8], at: usize) -> Opening {
    let mut end = run_end(text, at, |byte| byte == b' ').min(at + 2);
    if text
        .get(end..)
        .is_some_and(|rest| rest.starts_with(b"Some("))
    {
        end += 5;
    }
    if text.get(end) == Some(&b'\\') && text.get(end + 1) == Some(&b'"') {
        end += 1;
    }
    let quote = match text.get(end) {
        Some(quote @ (b'"' | b'\'' | b'`')) => Some(*quote),
        Some(b'(') => Some(b')'),
        _ => None,
    };
    end += usize::from(quote.is_some());
    Opening { end, quote }
}

/// The closing quote, which has as many backslashes before it as the opening one: none or one.
fn quoted_end(text: &[u8], start: usize, quote: u8) -> usize {
    let opening = start.checked_sub(2).and_then(|at| text.get(at));
    let escaped = opening == Some(&b'\\');
    let mut at = start;
    while let Some(&byte) = text.get(at) {
        match byte {
            b'\\' if escaped && text.get(at + 1) == Some(&quote) => return at,
            b'\\' => at += 2,
            _ if byte == quote => return at,
            _ => at += 1,
        }
    }
    text.len()
}

fn is_bare(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && !byte.is_ascii_control() && !b",;&\"'<>)}]\\`".contains(&byte)
}

/// The end of a value in a query.
pub(super) fn query_end(text: &[u8], start: usize) -> usize {
    let stops = |byte: u8| byte.is_ascii_whitespace() || byte.is_ascii_control();
    run_end(text, start, |byte| {
        !stops(byte) && !b"&#\"'<>\\`".contains(&byte)
    })
}

/// Not empty, not nothing, and not what was put there before.
pub(super) fn worth(text: &[u8], start: usize, end: usize) -> bool {
    let value = text.get(start..end).unwrap_or_default();
    let nothing: [&[u8]; 6] = [b"", b"null", b"None", b"nil", b"true", b"false"];
    let is_mark = |kind: &Kind| {
        let mark = kind.mark().as_bytes();
        value == mark || mark.strip_suffix(b"]") == Some(value)
    };
    !nothing.contains(&value) && !Kind::ALL.iter().any(is_mark)
}
