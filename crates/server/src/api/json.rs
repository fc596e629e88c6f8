//! A request's JSON body, within the limits of an API request. Axiom's clients do not always say that it is JSON.

use super::Api;
use super::error::Error;
use crate::net::body;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use http::StatusCode;
use serde::de::DeserializeOwned;

/// What was sent, read.
#[derive(Debug)]
pub(super) struct Sent<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<Api> for Sent<T> {
    type Rejection = Error;

    async fn from_request(request: Request, api: &Api) -> Result<Self, Error> {
        let bytes = read(api, request.into_body()).await?;
        parse(&bytes).map(Self)
    }
}

/// The bytes of a body.
pub(super) async fn read(api: &Api, body: Body) -> Result<Bytes, Error> {
    body::read(
        body,
        api.limits.api_body_bytes_max,
        (&*api.limits).into(),
        &mut body::NotCounted,
    )
    .await
    .map_err(|error| {
        let status = match error {
            body::Error::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            body::Error::TooSlow => StatusCode::REQUEST_TIMEOUT,
            body::Error::NoRoom | body::Error::Broken(_) => StatusCode::BAD_REQUEST,
        };
        Error::new(status, error.to_string())
    })
}

pub(super) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    let refused = |what: String| Error::invalid(format!("could not read the request: {what}"));
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        return Err(refused("expected a JSON object".to_owned()));
    }
    serde_json::from_slice(bytes).map_err(|error| refused(said(&error)))
}

/// What is wrong, without the names of Rust's types.
fn said(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let parts = said.rsplit_once(", expected ");
    let Some((found, (expected, place))) =
        parts.and_then(|(found, rest)| Some((found, rest.split_once(" at line ")?)))
    else {
        return said;
    };
    let expected = match expected {
        "usize" | "u64" => "a whole number that is not negative",
        "i64" => "a whole number",
        "a sequence" => "a list",
        name if name == "a map" || name.starts_with("struct ") => "an object",
        other => other,
    };
    format!("{found}, expected {expected} at line {place}")
}
