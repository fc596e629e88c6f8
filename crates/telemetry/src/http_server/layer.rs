//! The tower layer: reads the caller's context, runs the inner service in a span, and answers for it when
//! it panics.

use std::convert::Infallible;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::task::{Context as Poller, Poll};

use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use futures::FutureExt as _;
use futures::future::BoxFuture;
use opentelemetry::Context;
use opentelemetry::propagation::TextMapPropagator;
use opentelemetry::trace::FutureExt as _;
use opentelemetry_http::HeaderExtractor;
use tower::{Layer, Service, ServiceExt};

use super::{Shared, body, headers, request};
use crate::attrs;
use crate::context::RequestId;
use crate::kit;
use crate::span::EdgeSpan;

/// In a request's extensions: the context it is served in, for code that runs outside of it, such as the
/// tasks of `rmcp`. Its presence also says that the request is traced already.
#[derive(Clone)]
pub(crate) struct ServerContext(pub(crate) Context);

#[derive(Clone)]
pub(super) struct Traced(pub(super) Arc<Shared>);

#[derive(Clone)]
pub(super) struct TracedService<S> {
    inner: S,
    shared: Arc<Shared>,
}

impl<S> Layer<S> for Traced {
    type Service = TracedService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        TracedService {
            inner,
            shared: self.0.clone(),
        }
    }
}

impl<S> Service<Request> for TracedService<S>
where
    S: Service<Request, Response = Response, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
{
    type Response = Response;
    type Error = Infallible;
    type Future = BoxFuture<'static, Result<Response, Infallible>>;

    fn poll_ready(&mut self, poller: &mut Poller<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(poller)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let inner = self.inner.clone();
        if request.extensions().get::<ServerContext>().is_some() {
            return Box::pin(inner.oneshot(request));
        }
        let shared = self.shared.clone();
        Box::pin(async move { Ok(serve(&shared, inner, request).await) })
    }
}

async fn serve<S>(shared: &Shared, inner: S, mut request: Request) -> Response
where
    S: Service<Request, Response = Response, Error = Infallible>,
{
    let kit = shared.kit();
    if kit.is_on() {
        shared.announce();
    }
    let request_id = headers::request_id(request.headers());
    let fresh = kit::owned_by(&kit, &Context::new()).with_value(RequestId(request_id.clone()));
    let caller = kit
        .propagator
        .extract_with_context(&fresh, &HeaderExtractor(request.headers()));
    if shared.excludes(request.uri().path()) {
        let cx = caller.with_telemetry_suppressed();
        request.extensions_mut().insert(ServerContext(cx.clone()));
        let mut response = answer(inner, request, &cx).await.unwrap_or_else(failure);
        headers::mark_unrecorded(response.headers_mut(), &kit, &caller, &request_id);
        return response;
    }
    let span = EdgeSpan::start(&kit, request::start(&request, &request_id), &caller);
    request
        .extensions_mut()
        .insert(ServerContext(span.context().clone()));
    let is_get = request.method() == axum::http::Method::GET;
    let is_head = request.method() == axum::http::Method::HEAD;
    let answered = answer(inner, request, span.context()).await;
    let panicked = answered.is_none();
    let mut response = answered.unwrap_or_else(failure);
    let status = response.status();
    span.set(attrs::HTTP_RESPONSE_STATUS_CODE, i64::from(status.as_u16()));
    if panicked {
        span.fail("panic");
    } else if status.is_server_error() {
        span.fail(status.as_str().to_owned());
    }
    headers::mark(response.headers_mut(), &span, &request_id);
    if is_head || (is_get && body::is_event_stream(&response)) {
        // Nobody polls the body of a HEAD; a GET of an event stream is a subscription, which lasts for
        // hours and is not one request's work.
        span.end();
        return response;
    }
    body::end_with(response, span)
}

/// The inner service's response, None when it panicked. The panic hook has printed the message, which may
/// hold anything and is not recorded.
async fn answer<S>(inner: S, request: Request, cx: &Context) -> Option<Response>
where
    S: Service<Request, Response = Response, Error = Infallible>,
{
    let work = async move { inner.oneshot(request).await };
    match AssertUnwindSafe(work.with_context(cx.clone()))
        .catch_unwind()
        .await
    {
        Ok(Ok(response)) => Some(response),
        Ok(Err(never)) => match never {},
        Err(_) => {
            let _guard = cx.clone().attach();
            tracing::error!("request handler panicked");
            None
        }
    }
}

fn failure() -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, Body::empty()).into_response()
}
