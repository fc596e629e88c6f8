//! # parse_url
//!
//! The parts of an address: `scheme`, `host`, `port`, `path`, `username`, `password`, `query` as a map,
//! `fragment`; all are empty when it is none.
//!
//! ```apl
//! parse_url(text)
//! ```
//!
//! ## Example
//!
//! ```apl
//! parse_url("https://u:p@a.example:8080/x/y?q=1&r=a%20b#top") -> {"fragment":"top","host":"a.example","password":"p","path":"/x/y","port":"8080","query":{"q":"1","r":"a b"},"scheme":"https","username":"u"}
//! parse_url("https://a.example/x").port -> ""
//! parse_url("nonsense").host -> ""
//! ```

use crate::functions::{Function, Takes};
use crate::kind::Kind;
use serde_json::Value as Json;
use serde_json::json;
use url::Url;

pub(super) const FUNCTION: Function = Function::of_rows(
    &["parse_url"],
    "parse_url(text)",
    &[Takes::Text],
    Kind::Bag,
    |rows| rows.json(|row| Some(parts(row.text(0)?))),
);

fn parts(text: &str) -> Json {
    let url = Url::parse(text).ok();
    let of = |part: fn(&Url) -> Option<&str>| url.as_ref().and_then(part).unwrap_or_default();
    let port = url
        .as_ref()
        .and_then(Url::port)
        .map(|port| port.to_string());
    json!({
        "scheme": of(|url| Some(url.scheme())),
        "host": of(Url::host_str),
        "port": port.unwrap_or_default(),
        "path": of(|url| Some(url.path())),
        "username": of(|url| Some(url.username())),
        "password": of(Url::password),
        "query": super::query(of(Url::query)),
        "fragment": of(Url::fragment),
    })
}
