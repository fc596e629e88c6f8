//! What a browser sends for somebody else's page is refused: every page it shows can reach a server on this machine,
//! and needs no leave for a POST whose answer it does not read.
//!
//! `Sec-Fetch-Site` says whose page it is; a browser that does not send it says so with `Origin`. A name that its
//! owner points at this machine makes a foreign page one of ours (DNS rebinding); so a server that anybody may use
//! is asked for by address or as `localhost`. Programs send neither header and are let through.

use axum::Json;
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use control::Control;
use http::uri::Authority;
use http::{HeaderMap, Method, StatusCode, header};
use serde_json::json;
use std::net::IpAddr;
use std::sync::Arc;

const FOREIGN: &str = "a page of another site may not use this server; a proxy in front of it has to pass the header Host on";
const BY_NAME: &str = "a server without tokens answers to an address or localhost only: make one with `throughline token create`, or \
     start with --allow-open";

/// What decides.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    pub(crate) control: Arc<Control>,
    /// Started with `--allow-open`: names of this machine are no mistake.
    pub(crate) any_name: bool,
}

/// These routes, for our own pages and for programs.
pub(crate) fn keep_out(routes: Router, rules: Rules) -> Router {
    routes.layer(middleware::from_fn_with_state(rules, check))
}

async fn check(State(rules): State<Rules>, request: Request, next: Next) -> Response {
    let authority = request.uri().authority().map(Authority::as_str);
    let host = text(request.headers(), header::HOST).or(authority);
    let by_name = rules.control.is_open() && !rules.any_name && !host.is_none_or(is_here);
    let message = match is_foreign(request.method(), request.headers(), host) {
        true => FOREIGN,
        false if by_name => BY_NAME,
        false => return next.run(request).await,
    };
    let status = StatusCode::FORBIDDEN;
    let body = json!({ "message": message, "code": status.as_u16() });
    (status, Json(body)).into_response()
}

fn is_foreign(method: &Method, headers: &HeaderMap, host: Option<&str>) -> bool {
    let is = |name: &str, value: &str| text(headers, name) == Some(value);
    match text(headers, "sec-fetch-site") {
        // The browser knows its page better than a proxy knows our name.
        Some("same-origin" | "none") => false,
        // A link to one of our pages is followed.
        Some(_) => {
            let is_read = [Method::GET, Method::HEAD].contains(method);
            !(is_read && is("sec-fetch-mode", "navigate") && is("sec-fetch-dest", "document"))
        }
        None => match headers.get(header::ORIGIN) {
            None => false,
            Some(origin) => {
                let origin = origin.to_str().ok().and_then(|it| it.split_once("://"));
                let same = origin.zip(host);
                !same.is_some_and(|((_, origin), host)| origin.eq_ignore_ascii_case(host))
            }
        },
    }
}

/// Whether nobody but this machine decides what is meant: an address, or `localhost`.
fn is_here(host: &str) -> bool {
    let Ok(authority) = host.parse::<Authority>() else {
        return false;
    };
    let name = authority.host();
    let address = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost") || address.parse::<IpAddr>().is_ok()
}

fn text(headers: &HeaderMap, name: impl header::AsHeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
