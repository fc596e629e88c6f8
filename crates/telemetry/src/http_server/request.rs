//! What is recorded of a request: its route, never the path that was asked for, which may hold an address
//! or a token; nothing of its query, its body or its client's address.

use axum::extract::{MatchedPath, Request};
use axum::http::uri::Authority;
use axum::http::{Version, header};
use opentelemetry::KeyValue;
use opentelemetry::trace::SpanKind;

use crate::attrs;
use crate::span::{self, Start};

pub(super) fn start(request: &Request, request_id: &str) -> Start {
    let (method, verb) = span::method(request.method());
    let mut attributes = vec![
        KeyValue::new(attrs::HTTP_REQUEST_METHOD, method),
        KeyValue::new(
            attrs::URL_SCHEME,
            request.uri().scheme_str().unwrap_or("http").to_owned(),
        ),
        KeyValue::new(attrs::REQUEST_ID, request_id.to_owned()),
    ];
    attributes.extend(version(request.version()));
    attributes.extend(server(request));
    let agent = request
        .headers()
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok());
    attributes
        .extend(agent.map(|agent| KeyValue::new(attrs::USER_AGENT_ORIGINAL, agent.to_owned())));
    // The path itself becomes neither a name nor an attribute: a scanner would make thousands of names, and
    // `/users/jane@example.com` is personal data, also where no such route exists. `url.path` is the template.
    let name = match request.extensions().get::<MatchedPath>() {
        Some(route) => {
            attributes.push(KeyValue::new(attrs::HTTP_ROUTE, route.as_str().to_owned()));
            attributes.push(KeyValue::new(attrs::URL_PATH, route.as_str().to_owned()));
            format!("{verb} {}", route.as_str()).into()
        }
        None => verb.into(),
    };
    Start {
        name,
        kind: SpanKind::Server,
        attributes,
        links: Vec::new(),
    }
}

fn version(version: Version) -> Option<KeyValue> {
    let text = match version {
        Version::HTTP_10 => "1.0",
        Version::HTTP_11 => "1.1",
        Version::HTTP_2 => "2",
        _ => return None,
    };
    Some(KeyValue::new(attrs::NETWORK_PROTOCOL_VERSION, text))
}

/// The host the client meant, from the URI of HTTP/2 or the header of HTTP/1.
fn server(request: &Request) -> Vec<KeyValue> {
    let header = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let meant = request.uri().authority().cloned();
    let Some(authority) = meant.or_else(|| header?.parse::<Authority>().ok()) else {
        return Vec::new();
    };
    let address = KeyValue::new(attrs::SERVER_ADDRESS, authority.host().to_owned());
    let port = authority
        .port_u16()
        .map(|port| KeyValue::new(attrs::SERVER_PORT, i64::from(port)));
    std::iter::once(address).chain(port).collect()
}
