//! Secrets that show what they are: JSON web tokens, bearer and basic credentials, API keys.

use super::number::bounded;

/// Words that follow `bearer` in prose.
const PROSE: &[&str] = &[
    "and",
    "auth",
    "authentication",
    "authorization",
    "credential",
    "credentials",
    "error",
    "format",
    "header",
    "is",
    "must",
    "not",
    "or",
    "realm",
    "required",
    "scheme",
    "token",
    "tokens",
    "was",
];

/// How API keys begin, up to their last `-` or `_`, and the fewest bytes that follow.
const API_KEYS: &[(&str, usize)] = &[
    ("xaat-", 4),
    ("xapt-", 4),
    ("sk_live_", 8),
    ("sk_test_", 8),
    ("rk_live_", 8),
    ("ghp_", 16),
    ("gho_", 16),
    ("ghs_", 16),
    ("github_pat_", 16),
    ("glpat-", 16),
    ("xoxb-", 8),
    ("xoxp-", 8),
    ("sk-", 20),
];

const BASIC_BYTES_MAX: usize = 512;

/// The token around the `J` at `at`: from `eyJ` on three parts, the last of which may be empty. The error
/// is where the search may go on: no token begins before it.
pub(super) fn jwt(text: &[u8], at: usize, floor: usize) -> Result<(usize, usize), usize> {
    let start = at.checked_sub(2).filter(|start| *start >= floor);
    let start = start.filter(|start| text.get(*start..=at) == Some(b"eyJ"));
    let start = start.ok_or(at + 1)?;
    let header = run_end(text, start, is_base64url);
    let payload = run_end(text, header + 1, is_base64url);
    let parts = text.get(header) == Some(&b'.') && text.get(payload) == Some(&b'.');
    if !parts || header - start < 8 {
        return Err(header);
    }
    let signed = |byte: u8| is_base64url(byte) || byte == b'.';
    Ok((start, run_end(text, payload + 1, signed)))
}

/// `Bearer xyz` or `Basic dTpw` from the `B` at `at`. The word itself stays.
pub(super) fn scheme(text: &[u8], at: usize, floor: usize) -> Option<(usize, usize)> {
    let word = |word: &[u8]| {
        let found = text.get(at..at + word.len())?;
        found.eq_ignore_ascii_case(word).then_some(at + word.len())
    };
    if let Some(end) = word(b"bearer") {
        let (start, end) = token(text, at, end, floor)?;
        let bytes = text.get(start..end)?;
        let prose = |word: &&str| bytes.eq_ignore_ascii_case(word.as_bytes());
        return (!PROSE.iter().any(prose)).then_some((start, end));
    }
    // Looked at no further than a user's name and password go, so that many false beginnings cost no more than one.
    let near = text.get(..text.len().min(at + BASIC_BYTES_MAX))?;
    let (start, end) = token(near, at, word(b"basic")?, floor)?;
    is_user_and_password(text.get(start..end)?).then_some((start, end))
}

/// What is behind a scheme that is a word of its own.
fn token(text: &[u8], at: usize, end: usize, floor: usize) -> Option<(usize, usize)> {
    bounded(text, at, floor).then_some(())?;
    let space = |byte: u8| matches!(byte, b' ' | b'+' | b':' | b'\t');
    let start = run_end(text, end, space);
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    let stop = run_end(text, start, token);
    (start > end && stop > start).then_some((start, stop))
}

/// Base64 with a `:` in it.
fn is_user_and_password(text: &[u8]) -> bool {
    let (mut bits, mut held) = (0_u32, 0);
    for byte in text {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return false,
        };
        bits = (bits << 6 | u32::from(value)) & 0xffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            if bits >> held & 0xff == u32::from(b':') {
                return true;
            }
        }
    }
    false
}

/// The API key whose prefix ends with the `-` or `_` at `at`.
pub(super) fn api_key(text: &[u8], at: usize, floor: usize) -> Option<(usize, usize)> {
    let before = text.get(floor..=at)?;
    let known = |(prefix, _): &&(&str, usize)| before.ends_with(prefix.as_bytes());
    let (prefix, bytes_min) = API_KEYS.iter().find(known)?;
    let start = at + 1 - prefix.len();
    bounded(text, start, floor).then_some(())?;
    let end = run_end(text, at + 1, is_base64url);
    (end - at > *bytes_min).then_some((start, end))
}

fn is_base64url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

/// Where the bytes that `of` accepts end.
pub(super) fn run_end(text: &[u8], start: usize, of: impl Fn(u8) -> bool) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    start + rest.iter().take_while(|byte| of(**byte)).count()
}
