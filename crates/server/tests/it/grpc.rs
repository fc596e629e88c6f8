//! OTLP over gRPC, with a client made of nothing but HTTP/2.

use crate::running::{Headers, InProcess};
use crate::spans::{protobuf, span};
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use http_body_util::{BodyExt, Full};
use hyper_util::rt::{TokioExecutor, TokioIo};
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceResponse;
use prost::Message;
use std::collections::HashMap;
use std::io::Write;
use throughline::config::Limits;

pub(crate) const EXPORT: &str = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

/// What a call came to.
pub(crate) struct Outcome {
    pub(crate) status: u32,
    pub(crate) message: Option<Bytes>,
    /// Headers and trailers.
    pub(crate) metadata: HashMap<String, String>,
    /// The answer has no body: its trailers are its headers.
    pub(crate) trailers_only: bool,
}

pub(crate) async fn call(
    server: &InProcess,
    path: &str,
    headers: Headers<'_>,
    body: Vec<u8>,
) -> Outcome {
    let address = server.client.addresses.otlp_grpc;
    let stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let (mut sender, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream))
            .await
            .unwrap();
    tokio::spawn(connection);
    let mut request = http::Request::post(format!("http://{address}{path}"))
        .header("content-type", "application/grpc")
        .header("te", "trailers");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Full::new(Bytes::from(body))).unwrap();
    let (head, body) = sender.send_request(request).await.unwrap().into_parts();
    assert_eq!(head.status, 200);
    let collected = body.collect().await.unwrap();
    let trailers = collected.trailers().cloned().unwrap_or_default();
    let metadata: HashMap<String, String> = head
        .headers
        .iter()
        .chain(trailers.iter())
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    let bytes = collected.to_bytes();
    Outcome {
        status: metadata["grpc-status"].parse().unwrap(),
        trailers_only: head.headers.contains_key("grpc-status"),
        message: (!bytes.is_empty()).then(|| bytes.slice(5..)),
        metadata,
    }
}

pub(crate) fn framed(compressed: bool, message: &[u8]) -> Vec<u8> {
    let length = u32::try_from(message.len()).unwrap();
    [&[u8::from(compressed)], &length.to_be_bytes()[..], message].concat()
}

#[tokio::test]
async fn spans_arrive_in_every_compression() {
    let server = InProcess::start().await;
    let body = |trace| protobuf("worker", vec![span(trace, 0)]);
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(&body(2)).unwrap();
    let calls: [(Headers<'_>, Vec<u8>); 4] = [
        (&[], framed(false, &body(1))),
        (
            &[("grpc-encoding", "gzip")],
            framed(true, &gzip.finish().unwrap()),
        ),
        (
            &[("grpc-encoding", "zstd")],
            framed(true, &zstd::encode_all(&body(3)[..], 1).unwrap()),
        ),
        (
            &[("grpc-encoding", "gzip"), ("x-axiom-dataset", "traces")],
            framed(false, &body(4)),
        ),
    ];
    for (headers, body) in calls {
        let outcome = call(&server, EXPORT, headers, body).await;
        assert_eq!(outcome.status, 0, "{headers:?} {:?}", outcome.metadata);
        let answer = ExportTraceServiceResponse::decode(outcome.message.unwrap()).unwrap();
        assert_eq!(answer.partial_success, None);
    }
    let rows = server
        .client
        .rows("| summarize count() by ['service.name']")
        .await;
    assert_eq!(rows, [[serde_json::json!("worker"), serde_json::json!(4)]]);
}

#[tokio::test]
async fn a_rejected_span_is_told_in_a_success() {
    let server = InProcess::start().await;
    let mut bad = span(1, 1);
    bad.span_id.clear();
    let outcome = call(
        &server,
        EXPORT,
        &[],
        framed(false, &protobuf("api", vec![span(1, 0), bad])),
    )
    .await;
    assert_eq!(outcome.status, 0);
    let answer = ExportTraceServiceResponse::decode(outcome.message.unwrap()).unwrap();
    assert_eq!(answer.partial_success.unwrap().rejected_spans, 1);
}

#[tokio::test]
async fn errors_have_the_codes_of_the_answer_table() {
    let server = InProcess::start().await;
    let good = protobuf("api", vec![span(1, 0)]);
    let cut = framed(false, &good)[..20].to_vec();
    let two = [framed(false, &good), framed(false, &good)].concat();
    let metrics = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
    let table: [(u32, &str, &str, Headers<'_>, Vec<u8>); 8] = [
        (
            3,
            "garbage",
            EXPORT,
            &[],
            framed(false, b"\xff\xff\xffnonsense"),
        ),
        (3, "no message", EXPORT, &[], Vec::new()),
        (3, "a cut message", EXPORT, &[], cut),
        (3, "two messages", EXPORT, &[], two),
        (
            3,
            "compressed, nobody knows how",
            EXPORT,
            &[],
            framed(true, &good),
        ),
        (
            12,
            "an unknown encoding",
            EXPORT,
            &[("grpc-encoding", "snappy")],
            framed(true, &good),
        ),
        (12, "another service", metrics, &[], framed(false, &good)),
        (
            8,
            "too large",
            EXPORT,
            &[],
            framed(false, &vec![0; (64 << 20) + 1]),
        ),
    ];
    for (status, what, path, headers, body) in table {
        let outcome = call(&server, path, headers, body).await;
        assert_eq!(outcome.status, status, "{what}: {:?}", outcome.metadata);
        assert!(!outcome.metadata["grpc-message"].is_empty(), "{what}");
        assert!(
            !outcome.metadata.contains_key("grpc-status-details-bin"),
            "{what} is not to be retried"
        );
        assert_eq!(
            outcome.metadata["grpc-accept-encoding"],
            "identity,gzip,zstd"
        );
    }
}

#[tokio::test]
async fn without_room_it_says_when_to_come_back() {
    let limits = Limits {
        in_flight_bytes_max: 64,
        ..Limits::default()
    };
    let server = InProcess::over(tempfile::TempDir::new().unwrap(), limits).await;
    let outcome = call(
        &server,
        EXPORT,
        &[],
        framed(false, &protobuf("api", vec![span(1, 0)])),
    )
    .await;
    assert_eq!(outcome.status, 14);
    let details = &outcome.metadata["grpc-status-details-bin"];
    let details =
        base64::Engine::decode(&base64::engine::general_purpose::STANDARD_NO_PAD, details).unwrap();
    let kind = b"type.googleapis.com/google.rpc.RetryInfo";
    assert!(details.windows(kind.len()).any(|window| window == kind));
}
