//! The bodies of the answers that OTLP clients expect. Which code an error gets is the server's to say.
//!
//! After a success, full or partial, a client never sends again (OTLP 1.11). So a span may be rejected in a
//! success only if no later attempt could be accepted.

use crate::{Encoding, Rejection};
use opentelemetry_proto::tonic::collector::trace::v1::{
    ExportTracePartialSuccess, ExportTraceServiceResponse,
};
use prost::Message;
use serde_json::json;
use std::time::Duration;

/// A status in both protocols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    pub http: u16,
    pub grpc: i32,
}

/// What a request brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    Traces,
    Logs,
}

/// The body of a 200 (or of a gRPC OK message): `partial_success` is set only when a row was rejected. In protobuf both
/// signals have the same one.
pub fn success(encoding: Encoding, signal: Signal, rejected: &[Rejection]) -> Vec<u8> {
    let (rows, counted) = match signal {
        Signal::Traces => ("spans", "rejectedSpans"),
        Signal::Logs => ("log records", "rejectedLogRecords"),
    };
    let count = rejected
        .iter()
        .map(|rejection| rejection.count)
        .sum::<u64>();
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let reasons: Vec<_> = rejected
        .iter()
        .map(|rejection| {
            let Rejection {
                reason,
                count,
                first,
            } = rejection;
            format!("{count} {reason}, the first at {first}")
        })
        .collect();
    let message = format!("{rows} rejected: {}", reasons.join("; "));
    match encoding {
        Encoding::Protobuf => {
            let partial_success = (!rejected.is_empty()).then_some(ExportTracePartialSuccess {
                rejected_spans: count,
                error_message: message,
            });
            ExportTraceServiceResponse { partial_success }.encode_to_vec()
        }
        Encoding::Json if rejected.is_empty() => b"{}".to_vec(),
        // 64-bit integers are text in ProtoJSON.
        Encoding::Json => json!({
            "partialSuccess": { counted: count.to_string(), "errorMessage": message }
        })
        .to_string()
        .into_bytes(),
    }
}

/// The body of a 4xx or 5xx, a `google.rpc.Status`; in gRPC, the `grpc-status-details-bin` trailer before
/// base64. With `retry_after` it carries a `RetryInfo`, by which gRPC clients know to try again.
pub fn status(
    encoding: Encoding,
    code: Code,
    message: &str,
    retry_after: Option<Duration>,
) -> Vec<u8> {
    match encoding {
        Encoding::Protobuf => {
            let details = retry_after.map(retry_info).into_iter().collect();
            wire::Status {
                code: code.grpc,
                message: message.to_owned(),
                details,
            }
            .encode_to_vec()
        }
        Encoding::Json => {
            let mut body = json!({ "code": code.grpc, "message": message });
            if let Some(delay) = retry_after {
                let delay = format!("{}s", delay.as_secs_f64());
                body["details"] = json!([{ "@type": RETRY_INFO, "retryDelay": delay }]);
            }
            body.to_string().into_bytes()
        }
    }
}

const RETRY_INFO: &str = "type.googleapis.com/google.rpc.RetryInfo";

fn retry_info(delay: Duration) -> wire::Any {
    let retry_delay = wire::Duration {
        seconds: i64::try_from(delay.as_secs()).unwrap_or(i64::MAX),
        nanos: delay.subsec_nanos().cast_signed(),
    };
    let value = wire::RetryInfo {
        retry_delay: Some(retry_delay),
    }
    .encode_to_vec();
    wire::Any {
        type_url: RETRY_INFO.to_owned(),
        value,
    }
}

/// Google's messages, as far as they are needed here.
mod wire {
    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct Status {
        #[prost(int32, tag = "1")]
        pub(super) code: i32,
        #[prost(string, tag = "2")]
        pub(super) message: String,
        #[prost(message, repeated, tag = "3")]
        pub(super) details: Vec<Any>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct Any {
        #[prost(string, tag = "1")]
        pub(super) type_url: String,
        #[prost(bytes = "vec", tag = "2")]
        pub(super) value: Vec<u8>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct RetryInfo {
        #[prost(message, optional, tag = "1")]
        pub(super) retry_delay: Option<Duration>,
    }

    #[derive(Clone, PartialEq, prost::Message)]
    pub(super) struct Duration {
        #[prost(int64, tag = "1")]
        pub(super) seconds: i64,
        #[prost(int32, tag = "2")]
        pub(super) nanos: i32,
    }
}
