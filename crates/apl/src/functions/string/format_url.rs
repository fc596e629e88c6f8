//! # format_url
//!
//! An address made of a map of its parts: `scheme`, `host`, `port`, `path`, `user` (or `username`),
//! `password`, `query` (a text or a map), `fragment`. Null without a scheme or a host.
//!
//! ```apl
//! format_url(map)
//! ```
//!
//! ## Example
//!
//! ```apl
//! format_url(dynamic({"scheme": "https", "host": "a.example", "port": 8080, "path": "/x"})) -> https://a.example:8080/x
//! format_url(dynamic({"scheme": "http", "host": "a.example", "path": "y", "query": {"q": "1 2"}, "fragment": "z"})) -> http://a.example/y?q=1%202#z
//! format_url(dynamic({"host": "a.example"})) -> null
//! ```

use crate::functions::{Function, Takes};
use crate::kernels::json;
use crate::kind::Kind;
use serde_json::Value as Json;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["format_url"],
    "format_url(map)",
    &[Takes::Map],
    Kind::Text,
    |rows| rows.texts(|row| formatted(&row.map(0)?)),
);

fn formatted(parts: &serde_json::Map<String, Json>) -> Option<String> {
    let part = |name: &str| json::plain(parts.get(name)?.clone()).filter(|text| !text.is_empty());
    let mut url = format!("{}://", part("scheme")?);
    if let Some(user) = part("user").or_else(|| part("username")) {
        url.push_str(&super::escaped(&user));
        if let Some(password) = part("password") {
            url.push(':');
            url.push_str(&super::escaped(&password));
        }
        url.push('@');
    }
    url.push_str(&part("host")?);
    if let Some(port) = part("port") {
        url.push(':');
        url.push_str(&port);
    }
    if let Some(path) = part("path") {
        if !path.starts_with('/') {
            url.push('/');
        }
        url.push_str(&path);
    }
    if let Some(query) = parts.get("query").and_then(query) {
        url.push('?');
        url.push_str(&query);
    }
    if let Some(fragment) = part("fragment") {
        url.push('#');
        url.push_str(&fragment);
    }
    Some(url)
}

fn query(query: &Json) -> Option<String> {
    let Json::Object(entries) = query else {
        return json::plain(query.clone()).filter(|text| !text.is_empty());
    };
    let entry = |(key, value): (&String, &Json)| {
        let value = json::plain(value.clone()).unwrap_or_default();
        format!("{}={}", super::escaped(key), super::escaped(&value))
    };
    let entries: Vec<String> = entries.iter().map(entry).collect();
    (!entries.is_empty()).then(|| entries.join("&"))
}
