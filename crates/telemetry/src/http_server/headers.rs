//! The ids on a response: `X-Trace-ID` to look the trace up by, `X-Request-ID` to tell support, and
//! `Server-Timing`, which a browser's script can read.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::sync::Arc;

use bytes::{BufMut as _, Bytes, BytesMut};
use http::{HeaderMap, HeaderName, HeaderValue};
use opentelemetry::trace::{TraceContextExt as _, TraceId};
use opentelemetry_sdk::trace::{IdGenerator as _, RandomIdGenerator};
use uuid::{Builder, Uuid};

use crate::clock;
use crate::propagation;
use crate::span::EdgeSpan;

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const X_TRACE_ID: HeaderName = HeaderName::from_static("x-trace-id");
const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

const REQUEST_ID_BYTES_MAX: usize = 128;
/// A block of memory that the ids of some thirty responses share.
const BLOCK_BYTES: usize = 8 * 1024;
/// More than the three headers of one response take.
const RESPONSE_BYTES: usize = 256;

thread_local! {
    /// Where the text of headers is written. A block is used again when the responses that it served are gone, so
    /// that a response needs no memory of its own.
    static BLOCK: RefCell<BytesMut> = RefCell::new(BytesMut::with_capacity(BLOCK_BYTES));
}

/// The id of a request: the caller's when it is harmless in a log and a header, else a new one, sortable by time.
#[derive(Clone, Debug)]
pub(super) enum RequestId {
    Sent(HeaderValue),
    New(Uuid),
}

impl RequestId {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let sent = headers.get(X_REQUEST_ID).filter(|id| is_harmless(id));
        match sent {
            Some(id) => Self::Sent(id.clone()),
            None => Self::New(new_id()),
        }
    }

    /// As text for the span and the log.
    pub(super) fn text(&self) -> Arc<str> {
        match self {
            Self::Sent(id) => id.to_str().unwrap_or_default().into(),
            Self::New(id) => (&*id.hyphenated().encode_lower(&mut Uuid::encode_buffer())).into(),
        }
    }

    fn header(self) -> HeaderValue {
        match self {
            Self::Sent(id) => id,
            Self::New(id) => written(|block| {
                block.put_slice(
                    id.hyphenated()
                        .encode_lower(&mut Uuid::encode_buffer())
                        .as_bytes(),
                );
            }),
        }
    }
}

/// A UUID of version 7. The random bits are drawn like those of a trace id, from a generator that asks the system for
/// its seed only.
fn new_id() -> Uuid {
    let random = RandomIdGenerator::default().new_trace_id().to_bytes();
    let mut tail = [0; 10];
    tail.copy_from_slice(&random[..10]);
    Builder::from_unix_timestamp_millis(clock::unix_millis(clock::now()), &tail).into_uuid()
}

fn is_harmless(id: &HeaderValue) -> bool {
    let id = id.as_bytes();
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-".contains(byte);
    (1..=REQUEST_ID_BYTES_MAX).contains(&id.len()) && id.iter().all(plain)
}

/// The ids of a request that was served under `span`, recorded or not: an unsampled span has an id, and
/// with tracing off there is the caller's, if it sent one.
pub(super) fn mark(headers: &mut HeaderMap, span: &EdgeSpan, request_id: RequestId) {
    make_room();
    headers.insert(X_REQUEST_ID, request_id.header());
    let active = span.context().span();
    let ids = active.span_context();
    if !ids.is_valid() {
        return;
    }
    let parent = propagation::traceparent(ids);
    headers.insert(X_TRACE_ID, written(|block| block.put_slice(&parent[3..35])));
    if span.is_open() {
        // The draft's metric, and the one that browser agents in the wild look for.
        let timing = written(|block| {
            block.put_slice(b"trace;desc=");
            block.put_slice(&parent);
            block.put_slice(b", traceparent;desc=\"");
            block.put_slice(&parent);
            block.put_u8(b'"');
        });
        headers.append(SERVER_TIMING, timing);
    }
}

/// The ids of a request to an excluded path: there is no span to point to, but the promise that every
/// response carries both ids holds, so a trace id is made up when the caller sent none.
pub(super) fn mark_unrecorded(
    headers: &mut HeaderMap,
    caller: Option<TraceId>,
    request_id: RequestId,
) {
    make_room();
    headers.insert(X_REQUEST_ID, request_id.header());
    if let Some(id) = caller {
        let id = written(|block| {
            // Writing into memory cannot fail.
            let _ = write!(block, "{id}");
        });
        headers.insert(X_TRACE_ID, id);
    }
}

/// An id for a request that has no trace.
pub(super) fn made_up() -> TraceId {
    RandomIdGenerator::default().new_trace_id()
}

/// Makes room for a response's headers: a block can be used again only while none of them is in it.
fn make_room() {
    BLOCK.with_borrow_mut(|block| {
        if block.capacity() < RESPONSE_BYTES {
            block.reserve(BLOCK_BYTES);
        }
    });
}

fn written(write: impl FnOnce(&mut BytesMut)) -> HeaderValue {
    let bytes = BLOCK.with_borrow_mut(|block| -> Bytes {
        write(block);
        block.split().freeze()
    });
    // What is written above are letters, digits and punctuation.
    HeaderValue::from_maybe_shared(bytes).unwrap_or(HeaderValue::from_static(""))
}
