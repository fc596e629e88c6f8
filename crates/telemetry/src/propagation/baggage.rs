//! `baggage` (<https://www.w3.org/TR/baggage/>): what a caller wants every service of the trace to know.
//! It is passed on as it came, within bounds, and never becomes an attribute.

use std::borrow::Cow;

use http::HeaderName;
use opentelemetry::Context;
use opentelemetry::baggage::BaggageExt;
use opentelemetry::propagation::Injector;

use super::carrier::Carrier;

pub(super) static BAGGAGE: HeaderName = HeaderName::from_static("baggage");

/// The limits of the W3C's Baggage; the members that come after them are not passed on.
const BYTES_MAX: usize = 8192;
const MEMBERS_MAX: usize = 64;

/// Members as they are sent, within the limits.
#[derive(Debug)]
struct Members(String);

/// The value of one member of the current context's baggage, decoded. None when there is no such member.
///
/// Anybody who can send a request can choose it: it is a hint, not a credential. Where the edge does not
/// trust its callers ([`Trust`](super::Trust)) there is none.
///
/// ```
/// use throughline_telemetry::opentelemetry::Context;
/// use throughline_telemetry::propagation;
///
/// let cx = propagation::with_baggage(&Context::current(), "session.id", "a b");
/// let _active = cx.attach();
/// assert_eq!(propagation::baggage("session.id").as_deref(), Some("a b"));
/// assert_eq!(propagation::baggage("other"), None);
/// ```
pub fn baggage(key: &str) -> Option<String> {
    Context::map_current(|cx| {
        let sent = outgoing(cx)?;
        let found = members(&sent).find(|member| key_of(member) == key)?;
        Some(percent_decoded(value_of(found)))
    })
}

/// `cx` with one more member in its baggage; one of the same name is replaced. Code that runs in the new
/// context sends it with every request, job and child process, to third parties as well, so nothing
/// personal belongs in it.
///
/// The value may be any text: it is percent-encoded. A key that is not a token (letters, digits and
/// ``!#$%&'*+-.^_`|~``), or a member that does not fit the limits (64 members, 8,192 bytes), changes
/// nothing.
pub fn with_baggage(cx: &Context, key: &str, value: &str) -> Context {
    if key.is_empty() || !key.bytes().all(is_token) {
        return cx.clone();
    }
    let known = cx.get::<Members>().map_or("", |members| &members.0);
    let mut list = List::default();
    for other in members(known).filter(|member| key_of(member) != key) {
        list.push(other);
    }
    if list.push(&format!("{key}={}", percent_encoded(value))) {
        cx.with_value(Members(list.text))
    } else {
        cx.clone()
    }
}

pub(super) fn extract(cx: &Context, carrier: &Carrier<'_>) -> Option<Context> {
    let lines = carrier.lines(&BAGGAGE)?;
    let mut list = List::default();
    for member in lines.as_slice().iter().flat_map(|line| members(line)) {
        if !list.push(member) {
            break;
        }
    }
    (list.count > 0).then(|| cx.with_value(Members(list.text)))
}

pub(super) fn inject(cx: &Context, carrier: &mut dyn Injector) {
    if let Some(text) = outgoing(cx) {
        carrier.set(BAGGAGE.as_str(), text.into_owned());
    }
}

/// What came in, and what was set through OpenTelemetry's own API.
fn outgoing(cx: &Context) -> Option<Cow<'_, str>> {
    let raw = cx.get::<Members>().map(|members| members.0.as_str());
    let api = cx.baggage();
    if api.is_empty() {
        return raw.map(Cow::Borrowed);
    }
    let raw = raw.unwrap_or_default();
    let mut list = List::default();
    for member in members(raw) {
        list.push(member);
    }
    for (key, (value, _)) in api {
        if members(raw).all(|member| key_of(member) != key.as_str()) {
            list.push(&format!("{key}={}", percent_encoded(value.as_str())));
        }
    }
    (list.count > 0).then_some(Cow::Owned(list.text))
}

/// Members joined by commas, as many as the limits allow.
#[derive(Default)]
struct List {
    text: String,
    count: usize,
}

impl List {
    /// False when the member does not fit; then nothing is added.
    fn push(&mut self, member: &str) -> bool {
        let comma = usize::from(self.count > 0);
        if self.count == MEMBERS_MAX || self.text.len() + comma + member.len() > BYTES_MAX {
            return false;
        }
        if comma == 1 {
            self.text.push(',');
        }
        self.text.push_str(member);
        self.count += 1;
        true
    }
}

/// The well-formed members of a line; others would spoil it for a stricter reader.
fn members(line: &str) -> impl Iterator<Item = &str> {
    let trimmed = line
        .split(',')
        .map(|member| member.trim_matches([' ', '\t']));
    trimmed.filter(|member| {
        let printable = |byte: u8| (0x20..=0x7e).contains(&byte) || byte == b'\t';
        let named = member.contains('=') && !key_of(member).is_empty();
        named && member.bytes().all(printable)
    })
}

fn key_of(member: &str) -> &str {
    let key = member.split('=').next().unwrap_or_default();
    key.trim_matches([' ', '\t'])
}

/// Between the `=` and the properties.
fn value_of(member: &str) -> &str {
    let (_, value) = member.split_once('=').unwrap_or_default();
    let value = value.split(';').next().unwrap_or_default();
    value.trim_matches([' ', '\t'])
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// The standard's `baggage-octet`, but `%`, which starts an escape.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"\"%,;\\".contains(&byte)
}

fn percent_encoded(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        if is_plain(byte) {
            text.push(char::from(byte));
        } else {
            let digit = |value: u8| char::from(b"0123456789ABCDEF"[usize::from(value)]);
            text.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    text
}

/// Bytes that are not UTF-8 become U+FFFD, as the standard has it.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = match tail {
            [high, low, ..] if first == b'%' => escaped(*high, *low),
            _ => None,
        };
        bytes.push(escaped.unwrap_or(first));
        rest = if escaped.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn escaped(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(high)? << 4 | digit(low)?).ok()
}
