//! E-mail addresses, found from their `@`.
//!
//! The local part is letters, digits, `.!#$%'*+-^_|~` and anything that is not ASCII, or stands in quotes.
//! The domain has two labels at least, and the last begins with two letters: `root@10.0.0.1`,
//! `axum@0.8.4` and `user@host` are not addresses.

/// The longest local part in quotes.
const QUOTED_BYTES_MAX: usize = 66;

/// Where the local part begins that ends before `end`; `end` itself when there is none. Nothing before
/// `floor` is taken.
pub(super) fn local_start(text: &[u8], end: usize, floor: usize) -> usize {
    let mut start = end;
    while start > floor && text.get(start - 1).copied().is_some_and(is_local) {
        start -= 1;
    }
    // A quote that opens a text is not part of the name; `O'Neil` keeps its own.
    while start < end && text.get(start) == Some(&b'\'') {
        start += 1;
    }
    if start < end {
        return start;
    }
    quoted_start(text, end, floor).unwrap_or(end)
}

fn quoted_start(text: &[u8], end: usize, floor: usize) -> Option<usize> {
    let closing = end.checked_sub(1)?;
    let first = closing.saturating_sub(QUOTED_BYTES_MAX).max(floor);
    let inside = text.get(first..closing)?;
    (text.get(closing) == Some(&b'"')).then_some(())?;
    let opening = first + inside.iter().rposition(|byte| *byte == b'"')?;
    let bytes = text.get(opening..closing)?;
    (bytes.len() > 1 && !bytes.iter().any(u8::is_ascii_control)).then_some(opening)
}

fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii() || b".!#$%'*+-^_|~".contains(&byte)
}

/// Where the domain that begins at `start` ends. None when it is not one.
pub(super) fn domain_end(text: &[u8], start: usize) -> Option<usize> {
    let (mut at, mut end) = (start, None);
    let (mut labels, mut numbered) = (0, 0);
    loop {
        let label = label_end(text, at);
        if label == at {
            break;
        }
        if labels > 0 && is_top_level(text.get(at..label)?) && !(labels > 1 && numbered == labels) {
            end = Some(label);
        }
        labels += 1;
        numbered += usize::from(text.get(at)?.is_ascii_digit());
        if text.get(label) != Some(&b'.') {
            break;
        }
        at = label + 1;
    }
    end
}

fn label_end(text: &[u8], start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let label = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii() || *byte == b'-';
    start + rest.iter().take_while(|byte| label(byte)).count()
}

/// Two letters at least; what is glued on behind them (`com-2026`) goes with them.
fn is_top_level(label: &[u8]) -> bool {
    let letter = |byte: &u8| byte.is_ascii_alphabetic() || !byte.is_ascii();
    label.len() > 1 && label.iter().take(2).all(letter)
}
