//! The span of a request ends with the last byte of its response, or when the client stops reading it.

use std::pin::Pin;
use std::task::{Context as Poller, Poll};

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::Response;
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame, SizeHint};
use opentelemetry::Context;

use crate::span::EdgeSpan;

/// Whether the response is a stream of server-sent events.
pub(super) fn is_event_stream(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"))
}

/// Ends `span` with the response's body; at once when there is none to send.
pub(super) fn end_with(response: Response, span: EdgeSpan) -> Response {
    let bodiless = [StatusCode::NO_CONTENT, StatusCode::NOT_MODIFIED];
    if response.body().is_end_stream() || bodiless.contains(&response.status()) {
        span.end();
        return response;
    }
    let length = response.headers().get(header::CONTENT_LENGTH);
    let announced = length.and_then(|value| value.to_str().ok()?.parse().ok());
    response.map(|body| {
        let left = announced.or_else(|| body.size_hint().exact());
        Body::new(TracedBody {
            inner: body,
            cx: span.context().clone(),
            span: Some(span),
            left,
        })
    })
}

struct TracedBody {
    inner: Body,
    /// Code that makes the body on the fly runs in the request's context as well.
    cx: Context,
    /// Dropped while open when the client goes away: then it ends as cancelled.
    span: Option<EdgeSpan>,
    /// Bytes still to come, when the length is known. The server stops polling after the last of them,
    /// before the body has said that it is over.
    left: Option<u64>,
}

impl HttpBody for TracedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        poller: &mut Poller<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let this = &mut *self;
        let guard = this.cx.clone().attach();
        let polled = Pin::new(&mut this.inner).poll_frame(poller);
        drop(guard);
        let over = match &polled {
            Poll::Pending => false,
            Poll::Ready(None) => true,
            Poll::Ready(Some(Err(_))) => {
                if let Some(span) = this.span.as_ref() {
                    span.fail("body");
                }
                true
            }
            Poll::Ready(Some(Ok(frame))) => {
                let sent = frame.data_ref().map_or(0, |data| data.len() as u64);
                this.left = this.left.map(|left| left.saturating_sub(sent));
                this.left == Some(0) || this.inner.is_end_stream()
            }
        };
        if over && let Some(span) = this.span.take() {
            span.end();
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
