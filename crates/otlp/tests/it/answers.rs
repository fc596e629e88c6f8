//! Bodies, byte by byte and through OTLP's own types.

use crate::bench::decode;
use expect_test::expect;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceResponse;
use prost::Message;
use std::time::Duration;
use throughline_otlp::answer::{Code, Signal};
use throughline_otlp::{Encoding, Rejection, answer, rejection};

const MALFORMED: Code = Code { http: 400, grpc: 3 };
const UNAVAILABLE: Code = Code {
    http: 503,
    grpc: 14,
};

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_full_success_is_an_empty_message() {
    for signal in [Signal::Traces, Signal::Logs] {
        assert_eq!(answer::success(Encoding::Protobuf, signal, &[]), b"");
        assert_eq!(answer::success(Encoding::Json, signal, &[]), b"{}");
    }
}

#[test]
fn a_partial_success_counts_and_says_why() {
    let rejected = [
        Rejection {
            reason: rejection::SPAN_ID,
            count: 2,
            first: "here".to_owned(),
        },
        Rejection {
            reason: rejection::TRACE_ID,
            count: 1,
            first: "there".to_owned(),
        },
    ];
    expect![[r#"{"partialSuccess":{"errorMessage":"spans rejected: 2 invalid_span_id, the first at here; 1 invalid_trace_id, the first at there","rejectedSpans":"3"}}"#]]
        .assert_eq(&text(answer::success(Encoding::Json, Signal::Traces, &rejected)));
    let of_logs = &rejected[1..];
    expect![[r#"{"partialSuccess":{"errorMessage":"log records rejected: 1 invalid_trace_id, the first at there","rejectedLogRecords":"1"}}"#]]
        .assert_eq(&text(answer::success(Encoding::Json, Signal::Logs, of_logs)));
    let response = ExportTraceServiceResponse::decode(&*answer::success(
        Encoding::Protobuf,
        Signal::Traces,
        &rejected,
    ))
    .unwrap();
    let partial = response.partial_success.unwrap();
    assert_eq!(partial.rejected_spans, 3);
    assert_eq!(
        partial.error_message,
        "spans rejected: 2 invalid_span_id, the first at here; 1 invalid_trace_id, the first at there"
    );
}

#[test]
fn a_refusal_is_a_google_rpc_status() {
    let refused = decode(Encoding::Json, "{").unwrap_err();
    expect![[r#"{"code":3,"message":"could not decode the JSON request: EOF while parsing an object at line 1 column 1"}"#]]
        .assert_eq(&text(answer::status(Encoding::Json, MALFORMED, &refused.to_string(), None)));
    // code = 3 and message = "no", as `protoc --decode` would write them.
    assert_eq!(
        answer::status(Encoding::Protobuf, MALFORMED, "no", None),
        b"\x08\x03\x12\x02no"
    );
}

#[test]
fn a_delay_is_a_retry_info() {
    let delay = Some(Duration::from_millis(2500));
    expect![[r#"{"code":14,"details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"2.5s"}],"message":"busy"}"#]]
        .assert_eq(&text(answer::status(Encoding::Json, UNAVAILABLE, "busy", delay)));
    let bytes = answer::status(Encoding::Protobuf, UNAVAILABLE, "busy", delay);
    // RetryInfo { retry_delay { seconds: 2, nanos: 500000000 } } at the end.
    assert!(bytes.ends_with(b"\x12\x0a\x0a\x08\x08\x02\x10\x80\xca\xb5\xee\x01"));
}
