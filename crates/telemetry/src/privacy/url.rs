//! Parts of URLs: what stands before the host, and every value of a query.

use super::assigned::worth;
use super::credential::run_end;
use super::kind::Kind;

/// The farthest `@` from `://` when the password has a `/` in it.
const USERINFO_BYTES_MAX: usize = 256;

/// The name and password of the URL whose `://` begins at `colon`.
pub(super) fn userinfo(text: &[u8], colon: usize) -> Option<(usize, usize)> {
    text.get(colon..)?.starts_with(b"://").then_some(())?;
    let start = colon + 3;
    let stops = |byte: u8| byte.is_ascii_whitespace() || byte.is_ascii_control();
    let inside = |byte: u8| !stops(byte) && !b"\"'<>`\\".contains(&byte);
    let near = text.get(start..)?;
    let near = near.get(..USERINFO_BYTES_MAX).unwrap_or(near);
    let word = near.get(..run_end(near, 0, inside))?;
    let slash = word.iter().position(|byte| b"/?#".contains(byte));
    let authority = word.get(..slash.unwrap_or(word.len()))?;
    let at = authority.iter().rposition(|byte| *byte == b'@');
    let at = at.or_else(|| odd_password(word, authority))?;
    worth(text, start, start + at).then_some((start, start + at))
}

/// `user:p/w@host`: a colon that no port follows, and an `@` later on.
fn odd_password(word: &[u8], authority: &[u8]) -> Option<usize> {
    let colon = authority.iter().position(|byte| *byte == b':')?;
    let port = authority.get(colon + 1..)?;
    let is_port = port.iter().all(u8::is_ascii_digit) || authority.first() == Some(&b'[');
    (!is_port).then_some(())?;
    word.iter().position(|byte| *byte == b'@')
}

/// Every value of the query of a URL, or of a query alone.
pub(super) fn values(text: &[u8], query_only: bool) -> Vec<(usize, usize, Kind)> {
    let question = text.iter().position(|byte| b"?#".contains(byte));
    let mut at = match question {
        _ if query_only => 0,
        Some(question) => question + 1,
        None => return Vec::new(),
    };
    let mut found = Vec::new();
    while at < text.len() {
        let end = run_end(text, at, |byte| !b"&#".contains(&byte));
        let pair = text.get(at..end).unwrap_or_default();
        let name = pair.iter().position(|byte| *byte == b'=');
        let start = name.map_or(at, |name| at + name + 1);
        if worth(text, start, end) {
            found.push((start, end, Kind::Query));
        }
        at = end + 1;
    }
    found
}
