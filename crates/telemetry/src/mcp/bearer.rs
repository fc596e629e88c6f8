//! `Authorization: Bearer …`. Digests are compared, because they have one length, and all of them, because
//! an early return would tell how far the comparison got.

use std::sync::Arc;
use std::task::{Context as Poller, Poll};

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use futures::future::{Either, Ready, ready};
use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};
use tower::{Layer, Service};

type Sha256Digest = [u8; 32];

/// Lets requests with one of `keys` pass and answers 401 to the others, without a reason. Several keys
/// allow one to be replaced without an interruption; with none, nobody passes. A blank key is none: an empty
/// variable and a comma at its end make such keys.
pub fn bearer(keys: Vec<String>) -> BearerLayer {
    let named = keys.iter().filter(|key| !key.trim().is_empty());
    BearerLayer {
        digests: named.map(|key| Sha256::digest(key).into()).collect(),
    }
}

/// Made by [`bearer`].
#[derive(Clone)]
pub struct BearerLayer {
    digests: Arc<[Sha256Digest]>,
}

impl std::fmt::Debug for BearerLayer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BearerLayer")
            .field("keys", &self.digests.len())
            .finish()
    }
}

impl<S> Layer<S> for BearerLayer {
    type Service = Bearer<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Bearer {
            inner,
            keys: self.clone(),
        }
    }
}

/// A service behind a [`BearerLayer`].
#[derive(Clone, Debug)]
pub struct Bearer<S> {
    inner: S,
    keys: BearerLayer,
}

impl<S> Service<Request> for Bearer<S>
where
    S: Service<Request, Response = Response>,
{
    type Response = Response;
    type Error = S::Error;
    type Future = Either<S::Future, Ready<Result<Response, S::Error>>>;

    fn poll_ready(&mut self, poller: &mut Poller<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(poller)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let presented = token(request.headers().get(header::AUTHORIZATION));
        if presented.is_some_and(|token| self.keys.accepts(token)) {
            Either::Left(self.inner.call(request))
        } else {
            Either::Right(ready(Ok(refusal())))
        }
    }
}

impl BearerLayer {
    fn accepts(&self, token: &[u8]) -> bool {
        let presented: Sha256Digest = Sha256::digest(token).into();
        let none = Choice::from(0);
        self.digests
            .iter()
            .fold(none, |found, key| found | key.ct_eq(&presented))
            .into()
    }
}

fn token(header: Option<&HeaderValue>) -> Option<&[u8]> {
    let (scheme, token) = header?.as_bytes().split_at_checked("Bearer ".len())?;
    let is_bearer = scheme.eq_ignore_ascii_case(b"Bearer ");
    // HTTP/1 trims the header's value, HTTP/2 does not: an empty token can arrive.
    (is_bearer && !token.is_empty()).then_some(token)
}

fn refusal() -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::UNAUTHORIZED;
    response
        .headers_mut()
        .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}
