//! The console's files, and its own paths (`/services`, `/trace/…`), which all start from one page.

use super::error::Error;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use console::Asset;
use http::{HeaderMap, Method, StatusCode, header};

/// Vite names these files by their content: they never change.
const HASHED: &str = "/assets/";
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";

/// Answers whatever no route took.
pub(super) async fn file(request: Request) -> Response {
    let path = request.uri().path();
    if path.starts_with("/api/") || path.starts_with("/v1/") || path.starts_with("/v2/") {
        return Error::new(StatusCode::NOT_FOUND, format!("there is no {path}")).into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return super::error::method_not_allowed().await.into_response();
    }
    match find(path) {
        Some(asset) => answer(asset, request.headers()),
        None => (StatusCode::NOT_FOUND, "there is no such file\n").into_response(),
    }
}

/// A path with a dot in its last part is a file's; every other is one of the console's pages.
fn find(path: &str) -> Option<&'static Asset> {
    let is_page = !path.rsplit('/').next().unwrap_or_default().contains('.');
    console::asset(path).or_else(|| is_page.then(|| console::asset(console::INDEX)).flatten())
}

fn answer(asset: &'static Asset, request: &HeaderMap) -> Response {
    let caching = if asset.path.starts_with(HASHED) {
        FOR_EVER
    } else {
        ASK_AGAIN
    };
    let headers = [
        (header::CONTENT_TYPE, asset.mime),
        (header::ETAG, asset.etag),
        (header::CACHE_CONTROL, caching),
    ];
    // Compression makes the tag a weak one, which a client sends back as `W/"…"`.
    let known = request
        .get(header::IF_NONE_MATCH)
        .and_then(|tags| tags.to_str().ok());
    if known.is_some_and(|tags| {
        tags.split(',')
            .any(|tag| tag.trim().trim_start_matches("W/") == asset.etag)
    }) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, asset.bytes).into_response()
}
