//! `tracestate`, by the letter of <https://www.w3.org/TR/trace-context-2/#tracestate-header>. Its members
//! are passed on as they came; nothing of ours is added.

const MEMBERS_MAX: usize = 32;
const KEY_BYTES_MAX: usize = 256;
const VALUE_BYTES_MAX: usize = 256;

/// The members of all header lines in order, joined into one. None when there are none, too many, or one
/// is malformed: then the whole list is dropped, and the trace itself is not affected.
pub(super) fn combine(lines: &[&str]) -> Option<String> {
    let members = lines
        .iter()
        .flat_map(|line| line.split(','))
        .map(|member| member.trim_matches([' ', '\t']))
        .filter(|member| !member.is_empty());
    let mut joined = String::new();
    for (index, member) in members.enumerate() {
        if index == MEMBERS_MAX || !is_member(member) {
            return None;
        }
        if index > 0 {
            joined.push(',');
        }
        joined.push_str(member);
    }
    (!joined.is_empty()).then_some(joined)
}

fn is_member(member: &str) -> bool {
    member
        .split_once('=')
        .is_some_and(|(key, value)| is_key(key) && is_value(value))
}

fn is_key(key: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let more = |byte: u8| letter(byte) || b"_-*/@".contains(&byte);
    key.len() <= KEY_BYTES_MAX && key.bytes().next().is_some_and(letter) && key.bytes().all(more)
}

/// Printable ASCII without `,` and `=`; at least one character, the last not a space (it was trimmed).
fn is_value(value: &str) -> bool {
    let printable = |byte: u8| (0x20..=0x7e).contains(&byte) && byte != b',' && byte != b'=';
    (1..=VALUE_BYTES_MAX).contains(&value.len()) && value.bytes().all(printable)
}
