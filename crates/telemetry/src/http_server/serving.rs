//! A request being served: from the inner service's future to the response with its ids, also when there is a panic
//! instead of a response.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context as Poller, Poll};

use http::{Response, StatusCode};
use http_body::Body;
use opentelemetry::Context;
use opentelemetry::trace::TraceId;
use pin_project_lite::pin_project;

use super::body::{self, TracedBody};
use super::exchange::Exchange;
use super::headers::{self, RequestId};

pin_project! {
    /// The future of a traced service.
    #[derive(Debug)]
    pub struct Serving<F> {
        // None when the service panicked before it returned one.
        #[pin]
        inner: Option<F>,
        work: Work,
    }
}

/// What there is to do beside serving.
#[derive(Debug)]
pub(super) enum Work {
    /// Nothing: an outer layer does it, or it is done.
    None,
    /// No span: the context in which nothing is recorded, the trace to name, the request's id.
    Excluded(Context, Option<TraceId>, RequestId),
    Traced(Open),
}

/// A request that has a span.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) cx: Context,
    pub(super) exchange: Exchange,
    pub(super) id: RequestId,
    pub(super) is_get: bool,
    pub(super) is_head: bool,
}

impl Work {
    /// The context to serve in; None for the one that is there.
    pub(super) fn context(&self) -> Option<&Context> {
        match self {
            Self::None => None,
            Self::Excluded(cx, ..) => Some(cx),
            Self::Traced(open) => Some(&open.cx),
        }
    }

    fn finish<B: Body>(self, mut response: Response<B>) -> Response<TracedBody<B>> {
        match self {
            Self::None => response.map(TracedBody::plain),
            Self::Excluded(_, trace, id) => {
                headers::mark_unrecorded(response.headers_mut(), trace, id);
                response.map(TracedBody::plain)
            }
            Self::Traced(open) => open.finish(response),
        }
    }

    /// The answer to a request whose handler panicked. The panic hook has printed the message, which may hold anything
    /// and is not recorded.
    fn panicked<B>(self) -> Response<TracedBody<B>> {
        let guard = self.context().map(|cx| cx.clone().attach());
        tracing::error!("request handler panicked");
        drop(guard);
        let mut response = Response::new(TracedBody::empty());
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        match self {
            Self::None => {}
            Self::Excluded(_, trace, id) => {
                headers::mark_unrecorded(response.headers_mut(), trace, id);
            }
            Self::Traced(mut open) => {
                open.exchange.answered(500);
                open.exchange.fail("panic");
                headers::mark(response.headers_mut(), &open.exchange.span, open.id);
                open.exchange.finish();
            }
        }
        response
    }
}

impl Open {
    fn finish<B: Body>(mut self, mut response: Response<B>) -> Response<TracedBody<B>> {
        let status = response.status();
        self.exchange.answered(status.as_u16());
        if status.is_server_error() {
            self.exchange.fail(status.as_str().to_owned());
        }
        headers::mark(response.headers_mut(), &self.exchange.span, self.id);
        if self.is_head || (self.is_get && body::is_event_stream(response.headers())) {
            // Nobody polls the body of a HEAD; a GET of an event stream is a subscription, which lasts for
            // hours and is not one request's work.
            self.exchange.finish();
            return response.map(TracedBody::plain);
        }
        body::end_with(response, self.exchange)
    }
}

impl<F> Serving<F> {
    pub(super) fn new(inner: Option<F>, work: Work) -> Self {
        Self { inner, work }
    }
}

impl<F, B, E> Future for Serving<F>
where
    F: Future<Output = Result<Response<B>, E>>,
    B: Body,
{
    type Output = Result<Response<TracedBody<B>>, E>;

    fn poll(self: Pin<&mut Self>, poller: &mut Poller<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let polled = match this.inner.as_mut().as_pin_mut() {
            Some(inner) => {
                let _guard = this.work.context().map(|cx| cx.clone().attach());
                catch_unwind(AssertUnwindSafe(|| inner.poll(poller))).ok()
            }
            None => None,
        };
        let answered = match polled {
            Some(Poll::Pending) => return Poll::Pending,
            Some(Poll::Ready(answered)) => Some(answered),
            None => None,
        };
        let work = std::mem::replace(this.work, Work::None);
        Poll::Ready(match answered {
            Some(Ok(response)) => Ok(work.finish(response)),
            Some(Err(error)) => {
                if let Work::Traced(mut open) = work {
                    open.exchange.fail("service");
                    open.exchange.finish();
                }
                Err(error)
            }
            None => Ok(work.panicked()),
        })
    }
}
