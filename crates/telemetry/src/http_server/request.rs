//! What is recorded of a request: its route, never the path that was asked for, which may hold an address
//! or a token; nothing of its query, its body or its client's address.

use std::borrow::Cow;
use std::sync::Arc;

use http::uri::Authority;
use http::{Request, Version, header};
use opentelemetry::trace::{SpanContext, SpanKind};
use opentelemetry::{KeyValue, Value};

use super::names;
use crate::attrs;
use crate::span::{self, Start};

/// Room for what is set at the start, the status, an error and a few of the handler's own.
const ATTRIBUTES: usize = 16;

/// The longest header that becomes an attribute whole.
const TEXT_BYTES_MAX: usize = 256;

/// A request as the metric knows it.
pub(super) struct Described {
    pub(super) method: &'static str,
    pub(super) scheme: &'static str,
    pub(super) route: Option<Value>,
}

/// Describes a request to `route`, a template. The path itself becomes neither a name nor an attribute: a scanner would
/// make thousands of names, and `/users/jane@example.com` is personal data, also where no such route exists. `url.path`
/// is the template.
pub(super) fn describe<B>(
    request: &Request<B>,
    route: Option<&str>,
    request_id: Arc<str>,
    link: Option<SpanContext>,
) -> (Start, Described) {
    let (method, verb) = span::method(request.method());
    let scheme = match request.uri().scheme_str() {
        Some("https") => "https",
        _ => "http",
    };
    let mut attributes = Vec::with_capacity(ATTRIBUTES);
    attributes.push(KeyValue::new(attrs::HTTP_REQUEST_METHOD, method));
    attributes.push(KeyValue::new(attrs::URL_SCHEME, scheme));
    attributes.push(KeyValue::new(
        attrs::REQUEST_ID,
        Value::String(request_id.into()),
    ));
    attributes.extend(version(request.version()));
    if let Some(authority) = authority(request) {
        let host = shortened(authority.0).to_owned();
        attributes.push(KeyValue::new(attrs::SERVER_ADDRESS, host));
        let port = authority.1.map(i64::from);
        attributes.extend(port.map(|port| KeyValue::new(attrs::SERVER_PORT, port)));
    }
    let agent = request.headers().get(header::USER_AGENT);
    if let Some(agent) = agent.and_then(|agent| agent.to_str().ok()) {
        let agent = shortened(agent).to_owned();
        attributes.push(KeyValue::new(attrs::USER_AGENT_ORIGINAL, agent));
    }
    let named = route.map(|route| names::named(verb, route));
    if let Some(named) = &named {
        attributes.push(KeyValue::new(attrs::HTTP_ROUTE, named.route.clone()));
        attributes.push(KeyValue::new(attrs::URL_PATH, named.route.clone()));
    }
    let name = named.as_ref().map(|named| named.span.clone());
    let start = Start {
        name: name.unwrap_or(Cow::Borrowed(verb)),
        kind: SpanKind::Server,
        attributes,
        links: link.into_iter().collect(),
    };
    let described = Described {
        method,
        scheme,
        route: named.map(|named| named.route),
    };
    (start, described)
}

/// What a stranger sends is kept up to a length: spans wait by number, not by size.
fn shortened(text: &str) -> &str {
    &text[..text.floor_char_boundary(TEXT_BYTES_MAX)]
}

fn version(version: Version) -> Option<KeyValue> {
    let text = match version {
        Version::HTTP_10 => "1.0",
        Version::HTTP_11 => "1.1",
        Version::HTTP_2 => "2",
        Version::HTTP_3 => "3",
        _ => return None,
    };
    Some(KeyValue::new(attrs::NETWORK_PROTOCOL_VERSION, text))
}

/// The host that was asked, and its port when it was named.
fn authority<B>(request: &Request<B>) -> Option<(&str, Option<u16>)> {
    if let Some(authority) = request.uri().authority() {
        return Some((authority.host(), authority.port_u16()));
    }
    let host = request.headers().get(header::HOST)?;
    let text = host.to_str().ok()?;
    let (name, port) = match text.rsplit_once(':') {
        Some((name, port)) if !name.contains(':') || name.ends_with(']') => {
            (name, port.parse().ok())
        }
        _ => (text, None),
    };
    // A header may hold anything; a host is what a URI takes for one.
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    let fine = !name.is_empty() && name.bytes().all(plain);
    if fine
        || text
            .parse::<Authority>()
            .is_ok_and(|authority| authority.host() == name)
    {
        Some((name, port))
    } else {
        None
    }
}
