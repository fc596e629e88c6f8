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
    serde_json::from_slice(bytes)
        .map_err(|error| Error::invalid(format!("could not read the request: {error}")))
}
