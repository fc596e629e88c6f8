//! The tower layer: reads the caller's context and runs the inner service in a span, whatever its bodies are.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::{Context as Poller, Poll};

use http::{Request, Response};
use http_body::Body;
use opentelemetry::Context;
use opentelemetry::trace::TraceContextExt as _;
use tower::{Layer, Service};

use super::body::TracedBody;
use super::exchange::Exchange;
use super::headers::{self, RequestId};
use super::serving::{Open, Serving, Work};
use super::{Shared, request};
use crate::kit;
use crate::propagation::Trust;
use crate::span::EdgeSpan;

/// In a request's extensions: the context it is served in, for code that runs outside of it, such as the
/// tasks of `rmcp`. Its presence also says that the request is traced already.
#[derive(Clone)]
pub(crate) struct ServerContext {
    pub(crate) cx: Context,
    /// Whom the edge believes, for what comes in the request's body.
    #[cfg_attr(
        not(feature = "mcp"),
        allow(dead_code, reason = "only MCP has a context in its body")
    )]
    pub(crate) trust: Trust,
}

/// Traces the services it is put around. Made by [`layer`](super::layer).
#[derive(Clone, Debug)]
pub struct TraceLayer(pub(super) Arc<Shared>);

/// A service whose requests are spans.
#[derive(Clone, Debug)]
pub struct Traced<S> {
    inner: S,
    shared: Arc<Shared>,
}

impl<S> Layer<S> for TraceLayer {
    type Service = Traced<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Traced {
            inner,
            shared: self.0.clone(),
        }
    }
}

impl<S, A, B> Service<Request<A>> for Traced<S>
where
    S: Service<Request<A>, Response = Response<B>>,
    B: Body,
{
    type Response = Response<TracedBody<B>>;
    type Error = S::Error;
    type Future = Serving<S::Future>;

    fn poll_ready(&mut self, poller: &mut Poller<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(poller)
    }

    fn call(&mut self, mut request: Request<A>) -> Self::Future {
        let work = self.shared.work(&mut request);
        let guard = work.context().map(|cx| cx.clone().attach());
        // A service may do its work before its first await, and panic there as well.
        let inner = catch_unwind(AssertUnwindSafe(|| self.inner.call(request))).ok();
        drop(guard);
        Serving::new(inner, work)
    }
}

impl Shared {
    /// What is to be done about a request, beside serving it.
    fn work<A>(&self, request: &mut Request<A>) -> Work {
        let seen = request.extensions().get::<ServerContext>().is_some();
        if seen || Context::map_current(kit::is_quiet) {
            return Work::None;
        }
        let kit = self.kit();
        if kit.is_on() {
            self.announce();
        }
        let id = RequestId::of(request.headers());
        if self.excludes(request.uri().path()) {
            let headers = request.headers();
            let sent = kit.propagator.extract_headers(&self.quiet, headers);
            let (caller, _) = self.trust.apply(&self.quiet, &sent);
            let sent = caller.span().span_context().clone();
            let made_up = kit.is_on().then(headers::made_up);
            let trace = if sent.is_valid() {
                Some(sent.trace_id())
            } else {
                made_up
            };
            return Work::Excluded(caller, trace, id);
        }
        let text = id.text();
        let fresh = kit::serving(&kit, text.clone());
        let sent = kit.propagator.extract_headers(&fresh, request.headers());
        let (parent, link) = self.trust.apply(&fresh, &sent);
        let exchange = if kit.is_on() {
            let route = self.route(request);
            let (start, described) = request::describe(request, route, text, link);
            let span = EdgeSpan::start(&kit, start, &parent);
            Exchange::begin(&kit, span, &described)
        } else {
            Exchange::unrecorded(parent)
        };
        let cx = exchange.span.context().clone();
        let method = request.method();
        let (is_get, is_head) = (method == http::Method::GET, method == http::Method::HEAD);
        request.extensions_mut().insert(ServerContext {
            cx: cx.clone(),
            trust: self.trust,
        });
        Work::Traced(Open {
            cx,
            exchange,
            id,
            is_get,
            is_head,
        })
    }
}
