//! OTLP over HTTP: `POST` to any path that ends in `/v1/traces` or `/v1/logs`, protobuf or JSON, answered in kind.

use super::books::Transport;
use super::{Accepted, Ingest, Received, Refusal, headers, logs};
use crate::config::Limits;
use crate::net::body;
use crate::query::DATASET_DEFAULT;
use crate::status::{self, Reason};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use control::Control;
use http::{HeaderMap, HeaderValue, Method, header};
use otlp::Encoding;
use otlp::answer::{self, Signal};
use std::sync::Arc;

const TRACES: &str = "/v1/traces";
const LOGS: &str = "/v1/logs";
const LATER: &str = "/v1/metrics";

/// What the door needs.
#[derive(Clone, Debug)]
pub(crate) struct Door {
    pub(crate) ingest: Arc<Ingest>,
    pub(crate) limits: Arc<Limits>,
    pub(crate) control: Arc<Control>,
}

/// The whole of the OTLP/HTTP port.
pub(crate) fn router(door: Door) -> Router {
    Router::new().fallback(export).with_state(door)
}

/// Whether a request is for this door when it shares a port with others.
pub(crate) fn is_export(request: &Request) -> bool {
    let path = request.uri().path();
    // Who looks at one of the usual paths in a browser is told that it is there.
    let is_right = |end: &&str| match *request.method() {
        Method::POST => path.ends_with(*end),
        _ => path == *end,
    };
    [TRACES, LOGS, LATER].iter().any(is_right)
}

/// Answers one export.
pub(crate) async fn export(State(door): State<Door>, request: Request) -> Response {
    let entry = door.ingest.books().received(Transport::Http);
    let encoding = encoding(request.headers());
    // An answer to a content type that we do not know is for a human to read.
    let speaks = *encoding.as_ref().unwrap_or(&Encoding::Json);
    let signal = signal(&request);
    let outcome = match (check(&request), encoding) {
        (Err(refusal), _) | (Ok(()), Err(refusal)) => Err(refusal),
        (Ok(()), Ok(encoding)) => receive(&door, encoding, signal, request).await,
    };
    match outcome {
        Ok(accepted) => {
            entry.accepted();
            success(speaks, signal, &accepted)
        }
        Err(refusal) => {
            entry.refused(refusal.reason);
            refuse(&door, speaks, &refusal)
        }
    }
}

fn signal(request: &Request) -> Signal {
    match request.uri().path().ends_with(LOGS) {
        true => Signal::Logs,
        false => Signal::Traces,
    }
}

fn check(request: &Request) -> Result<(), Refusal> {
    let path = request.uri().path();
    if path.ends_with(LATER) {
        let message =
            format!("{LATER} is not supported yet; this server takes {TRACES} and {LOGS}");
        return Err(Refusal::new(Reason::NoSuchService, message));
    }
    if !path.ends_with(TRACES) && !path.ends_with(LOGS) {
        let message = format!("nothing is here; send spans to {TRACES}, log records to {LOGS}");
        return Err(Refusal::new(Reason::NoSuchService, message));
    }
    if request.method() != Method::POST {
        return Err(Refusal::new(
            Reason::WrongMethod,
            "spans are sent with POST",
        ));
    }
    Ok(())
}

async fn receive(
    door: &Door,
    encoding: Encoding,
    signal: Signal,
    request: Request,
) -> Result<Accepted, Refusal> {
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
    let compression = headers::compression(head.headers.get(header::CONTENT_ENCODING))?;
    let times = body::Times::from(&*door.limits);
    let (bytes, room) = read(door, body, door.limits.body_wire_bytes_max, times).await?;
    let body = otlp::Body {
        encoding,
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

/// Reads a body within its limits and the room there is.
pub(crate) async fn read(
    door: &Door,
    body: Body,
    bytes_max: usize,
    times: body::Times,
) -> Result<(bytes::Bytes, super::admission::Reservation), Refusal> {
    door.ingest.check_open()?;
    let mut room = door.ingest.admission().enter();
    let read = body::read(body, bytes_max, times, &mut room).await;
    let bytes = read.map_err(|error| {
        let reason = match &error {
            body::Error::TooLarge(_) => Reason::TooLarge,
            body::Error::TooSlow => Reason::TooSlow,
            body::Error::NoRoom if !door.ingest.admission().open() => Reason::ShuttingDown,
            body::Error::NoRoom => Reason::NoRoom,
            body::Error::Broken(_) => Reason::Malformed,
        };
        Refusal::new(reason, error.to_string())
    })?;
    Ok((bytes, room))
}

fn encoding(headers: &HeaderMap) -> Result<Encoding, Refusal> {
    let named = headers
        .get(header::CONTENT_TYPE)
        .and_then(|named| named.to_str().ok())
        .unwrap_or_default();
    Encoding::from_content_type(named)
        .map_err(|error| Refusal::new(Reason::Unsupported, error.to_string()))
}

fn success(encoding: Encoding, signal: Signal, accepted: &Accepted) -> Response {
    let body = answer::success(encoding, signal, &accepted.rejected);
    ([(header::CONTENT_TYPE, encoding.content_type())], body).into_response()
}

fn refuse(door: &Door, encoding: Encoding, refusal: &Refusal) -> Response {
    let status = status::of_refusal(refusal.reason);
    let delay = status
        .retry
        .then(|| door.ingest.retry_after(refusal.reason));
    let body = answer::status(encoding, status.code(), &refusal.message, delay);
    let mut response = (
        status.http,
        [(header::CONTENT_TYPE, encoding.content_type())],
        body,
    )
        .into_response();
    if let Some(delay) = delay {
        // Whole seconds; the body says it more finely.
        let seconds = delay.as_secs_f64().ceil() as u64;
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, seconds.into());
    }
    if refusal.reason == Reason::Unauthenticated {
        let bearer = HeaderValue::from_static("Bearer");
        response
            .headers_mut()
            .insert(header::WWW_AUTHENTICATE, bearer);
    }
    if refusal.reason == Reason::WrongMethod {
        let post = HeaderValue::from_static("POST");
        response.headers_mut().insert(header::ALLOW, post);
    }
    response
}
