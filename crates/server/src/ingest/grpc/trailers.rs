//! `grpc-status`, `grpc-message`, and the details that tell an exporter when to come back: without them
//! it may not retry `RESOURCE_EXHAUSTED`, and has to guess for `UNAVAILABLE`.

use crate::status::Grpc;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use http::{HeaderMap, HeaderValue};
use otlp::Encoding;
use otlp::answer::{self, Code};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use std::time::Duration;

const STATUS: &str = "grpc-status";
const MESSAGE: &str = "grpc-message";
const DETAILS: &str = "grpc-status-details-bin";

/// gRPC percent-encodes what is not printable ASCII, and the sign itself.
const MESSAGE_ESCAPES: &AsciiSet = &CONTROLS.add(b'%');

pub(super) fn ok() -> HeaderMap {
    let mut trailers = HeaderMap::new();
    trailers.insert(STATUS, HeaderValue::from(Grpc::Ok as i32));
    trailers
}

/// With a delay, the details carry it: for a client that is to come back.
pub(super) fn error(code: Code, message: &str, delay: Option<Duration>) -> HeaderMap {
    let mut trailers = HeaderMap::new();
    trailers.insert(STATUS, HeaderValue::from(code.grpc));
    let escaped = utf8_percent_encode(message, MESSAGE_ESCAPES).to_string();
    if let Ok(escaped) = HeaderValue::from_str(&escaped) {
        trailers.insert(MESSAGE, escaped);
    }
    if delay.is_some() {
        let details = answer::status(Encoding::Protobuf, code, message, delay);
        if let Ok(details) = HeaderValue::from_str(&STANDARD_NO_PAD.encode(details)) {
            trailers.insert(DETAILS, details);
        }
    }
    trailers
}
