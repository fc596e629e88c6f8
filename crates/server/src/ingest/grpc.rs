//! OTLP over gRPC: the unary calls `Export` of the services for spans and for log records, on HTTP/2 without TLS.
//!
//! gRPC is spoken here directly and not through tonic: the log keeps the message as it was sent,
//! compressed, which tonic does not hand out; and tonic answers an oversized message with
//! `OUT_OF_RANGE`, which exporters retry for minutes.

use super::books::Transport;
use super::headers;
use super::http::{Door, read};
use super::{Accepted, Received, Refusal, logs};
use crate::net::body;
use crate::query::DATASET_DEFAULT;
use crate::status::{self, Reason};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use http_body::Frame;
use http_body_util::StreamBody;
use otlp::answer::{self, Signal};
use otlp::{Compression, Encoding};
use std::convert::Infallible;
use std::sync::Arc;

/// The five bytes before a message.
mod frame;
/// How long a client waits for its answer.
mod timeout;
/// `grpc-status`, `grpc-message` and the details that carry a delay.
mod trailers;

const EXPORT: &str = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
const EXPORT_LOGS: &str = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
const TIMEOUT: &str = "grpc-timeout";
const ENCODING: &str = "grpc-encoding";
const ACCEPT_ENCODING: &str = "grpc-accept-encoding";
const ACCEPTED_ENCODINGS: HeaderValue = HeaderValue::from_static("identity,gzip,zstd");
const CONTENT_TYPE: HeaderValue = HeaderValue::from_static("application/grpc");

/// The whole of the OTLP/gRPC port.
pub(crate) fn router(door: Door) -> Router {
    Router::new().fallback(call).with_state(door)
}

async fn call(State(door): State<Door>, request: Request) -> Response {
    if !speaks_grpc(request.headers()) {
        let message = "this port speaks OTLP over gRPC; OTLP over HTTP has a port of its own\n";
        return (StatusCode::UNSUPPORTED_MEDIA_TYPE, message).into_response();
    }
    let entry = door.ingest.books().received(Transport::Grpc);
    let signal = match request.uri().path() == EXPORT_LOGS {
        true => Signal::Logs,
        false => Signal::Traces,
    };
    match export(&door, signal, request).await {
        Ok(accepted) => {
            entry.accepted();
            success(signal, &accepted)
        }
        Err(refusal) => {
            entry.refused(refusal.reason);
            refuse(&door, &refusal)
        }
    }
}

/// `application/grpc`, with or without a codec; `application/grpc-web` is something else.
fn speaks_grpc(headers: &HeaderMap) -> bool {
    let named = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    let rest = named.and_then(|named| named.strip_prefix(b"application/grpc"));
    rest.is_some_and(|rest| matches!(rest.first(), None | Some(b'+' | b';')))
}

fn check(request: &Request) -> Result<(), Refusal> {
    let path = request.uri().path();
    if path != EXPORT && path != EXPORT_LOGS {
        let message = format!("{path} is not served; send spans to {EXPORT}");
        return Err(Refusal::new(Reason::NoSuchService, message));
    }
    if request.method() != Method::POST {
        return Err(Refusal::new(
            Reason::WrongMethod,
            "gRPC calls are sent with POST",
        ));
    }
    let codec = request.headers()[header::CONTENT_TYPE].as_bytes();
    if codec.starts_with(b"application/grpc+") && !codec.starts_with(b"application/grpc+proto") {
        return Err(Refusal::new(
            Reason::Unsupported,
            "messages are protobuf: application/grpc or application/grpc+proto",
        ));
    }
    Ok(())
}

async fn export(door: &Door, signal: Signal, request: Request) -> Result<Accepted, Refusal> {
    check(&request)?;
    let (head, body) = request.into_parts();
    let usual = match signal {
        Signal::Logs => logs::DATASET,
        Signal::Traces => DATASET_DEFAULT,
    };
    let dataset = headers::dataset(&head.headers, usual)?;
    match signal {
        Signal::Logs => logs::admit(door, &head.headers, &dataset)?,
        Signal::Traces => headers::admit_spans(&door.control, &head.headers, &dataset).await?,
    }
    let encoding = headers::compression(head.headers.get(ENCODING))?;
    let mut times = body::Times::from(&*door.limits);
    if let Some(timeout) = head.headers.get(TIMEOUT).and_then(timeout::parse) {
        // Whose time is over waits for no answer; a request that has come is stored all the same.
        times.total_max = times.total_max.min(timeout);
    }
    let bytes_max = door.limits.body_wire_bytes_max + frame::HEAD;
    let (bytes, room) = read(door, body, bytes_max, times).await?;
    let (compressed, bytes) =
        frame::single(bytes).map_err(|message| Refusal::new(Reason::Malformed, message))?;
    let compression = match (compressed, encoding) {
        (false, _) => Compression::Identity,
        (true, Compression::Identity) => {
            let message = "the message is marked as compressed, but no grpc-encoding says how";
            return Err(Refusal::new(Reason::Malformed, message));
        }
        (true, encoding) => encoding,
    };
    let body = otlp::Body {
        encoding: Encoding::Protobuf,
        compression,
        bytes,
    };
    if signal == Signal::Logs {
        return logs::keep(door, dataset, body, room).await;
    }
    door.ingest
        .accept(Received {
            dataset,
            body,
            room,
            spans_by: Some(Arc::clone(&door.control)),
        })
        .await
}

fn success(signal: Signal, accepted: &Accepted) -> Response {
    let message = answer::success(Encoding::Protobuf, signal, &accepted.rejected);
    let message = frame::framed(&message);
    let frames: [Result<Frame<Bytes>, Infallible>; 2] = [
        Ok(Frame::data(message)),
        Ok(Frame::trailers(trailers::ok())),
    ];
    let body = Body::new(StreamBody::new(futures::stream::iter(frames)));
    (head(), body).into_response()
}

/// A refusal has no message, so that its trailers stand in the place of the headers.
fn refuse(door: &Door, refusal: &Refusal) -> Response {
    let status = status::of_refusal(refusal.reason);
    let delay = status
        .retry
        .then(|| door.ingest.retry_after(refusal.reason));
    let mut headers = head();
    headers.extend(trailers::error(status.code(), &refusal.message, delay));
    headers.into_response()
}

fn head() -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, CONTENT_TYPE);
    headers.insert(ACCEPT_ENCODING, ACCEPTED_ENCODINGS);
    headers
}
