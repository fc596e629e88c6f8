//! The span of a request ends with the last byte of its response, or when the client stops reading it.

use std::pin::Pin;
use std::task::{Context as Poller, Poll};

use bytes::Buf as _;
use http::{HeaderMap, Response, StatusCode, header};
use http_body::{Body, Frame, SizeHint};
use opentelemetry::Context;
use pin_project_lite::pin_project;

use super::exchange::Exchange;

pin_project! {
    /// A response's body under the span of its request.
    #[derive(Debug)]
    pub struct TracedBody<B> {
        // None for the answer to a panic, which has no body.
        #[pin]
        inner: Option<B>,
        watched: Option<Watched>,
    }
}

/// A body that is still to be sent.
#[derive(Debug)]
struct Watched {
    /// Code that makes the body on the fly runs in the request's context as well.
    cx: Context,
    /// Dropped while open when the client goes away: then the span ends as cancelled.
    exchange: Exchange,
    /// Bytes still to come, when the length is known. The server stops polling after the last of them,
    /// before the body has said that it is over.
    left: Option<u64>,
}

impl<B> TracedBody<B> {
    /// A body that nobody watches.
    pub(super) fn plain(inner: B) -> Self {
        Self {
            inner: Some(inner),
            watched: None,
        }
    }

    pub(super) fn empty() -> Self {
        Self {
            inner: None,
            watched: None,
        }
    }
}

#[cfg(feature = "axum")]
impl TracedBody<axum::body::Body> {
    /// The body as axum has it. It puts bodies of other types into a box, which one that nobody watches can do without.
    pub(super) fn into_axum(self) -> axum::body::Body {
        match self {
            Self {
                inner: Some(inner),
                watched: None,
            } => inner,
            watched => axum::body::Body::new(watched),
        }
    }
}

/// Whether the response is a stream of server-sent events.
pub(super) fn is_event_stream(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"))
}

/// Ends the exchange with the response's body; at once when there is none to send.
pub(super) fn end_with<B: Body>(
    response: Response<B>,
    exchange: Exchange,
) -> Response<TracedBody<B>> {
    let bodiless = [StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED];
    let status = response.status();
    // After 101 the connection is no longer HTTP: what follows is not this request's work.
    let over = status.is_informational() || bodiless.contains(&status);
    if over || response.body().is_end_stream() {
        exchange.finish();
        return response.map(TracedBody::plain);
    }
    let length = response.headers().get(header::CONTENT_LENGTH);
    let announced = length.and_then(|value| value.to_str().ok()?.parse().ok());
    let left = announced.or_else(|| response.body().size_hint().exact());
    if left == Some(0) {
        // The server asks for none of it.
        exchange.finish();
        return response.map(TracedBody::plain);
    }
    response.map(|body| TracedBody {
        inner: Some(body),
        watched: Some(Watched {
            cx: exchange.span.context().clone(),
            exchange,
            left,
        }),
    })
}

impl<B: Body> Body for TracedBody<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        poller: &mut Poller<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        let mut this = self.project();
        let Some(mut inner) = this.inner.as_mut().as_pin_mut() else {
            return Poll::Ready(None);
        };
        let Some(watched) = this.watched.as_mut() else {
            return inner.poll_frame(poller);
        };
        let guard = watched.cx.clone().attach();
        let polled = inner.as_mut().poll_frame(poller);
        drop(guard);
        let over = match &polled {
            Poll::Pending => false,
            Poll::Ready(None) => true,
            Poll::Ready(Some(Err(_))) => {
                watched.exchange.fail("body");
                true
            }
            Poll::Ready(Some(Ok(frame))) => {
                let sent = frame.data_ref().map_or(0, |data| data.remaining() as u64);
                watched.left = watched.left.map(|left| left.saturating_sub(sent));
                watched.left == Some(0) || inner.is_end_stream()
            }
        };
        if over && let Some(watched) = this.watched.take() {
            watched.exchange.finish();
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.inner.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.inner
            .as_ref()
            .map_or_else(|| SizeHint::with_exact(0), Body::size_hint)
    }
}
