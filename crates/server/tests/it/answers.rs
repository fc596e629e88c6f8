//! The OTLP answer table, row by row, over real HTTP.

use crate::running::{Headers, InProcess};
use crate::spans::{protobuf, request, span};
use flate2::{Compression, write::GzEncoder};
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceResponse;
use prost::Message;
use reqwest::Response;
use serde_json::Value;
use std::io::Write;
use throughline::config::Limits;

const PROTOBUF: &str = "application/x-protobuf";
const JSON: &str = "application/json";

impl InProcess {
    /// Posts a body with headers to a path of the OTLP port.
    async fn post(&self, path: &str, headers: Headers<'_>, body: Vec<u8>) -> Response {
        let mut request = self.client.http.post(self.client.otlp(path)).body(body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.send().await.unwrap()
    }

    async fn count(&self, dataset: &str) -> u64 {
        let rows = self.client.rows(&format!("['{dataset}'] | count")).await;
        rows[0][0].as_u64().unwrap()
    }
}

pub(crate) fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

fn content_type(response: &Response) -> &str {
    response.headers()["content-type"].to_str().unwrap()
}

/// The same two spans, in a trace of its own each time: path, headers, body.
pub(crate) fn in_every_encoding() -> [(&'static str, Headers<'static>, Vec<u8>); 6] {
    let body = |trace| protobuf("api", vec![span(trace, 0), span(trace, 1)]);
    let json = serde_json::to_vec(&request("api", vec![span(5, 0), span(5, 1)])).unwrap();
    [
        ("/v1/traces", &[("content-type", PROTOBUF)], body(1)),
        (
            "/v1/traces",
            &[("content-type", PROTOBUF), ("content-encoding", "gzip")],
            gzip(&body(2)),
        ),
        (
            "/any/prefix/v1/traces",
            &[("content-type", PROTOBUF), ("content-encoding", "zstd")],
            zstd::encode_all(&body(3)[..], 1).unwrap(),
        ),
        (
            "/v1/traces",
            &[("content-type", PROTOBUF), ("content-encoding", "1")],
            body(4),
        ),
        (
            "/v1/traces",
            &[("content-type", "application/json; charset=utf-8")],
            json,
        ),
        (
            "/v1/traces",
            &[
                ("content-type", PROTOBUF),
                ("authorization", "Bearer xaat-1"),
                ("x-axiom-dataset", "traces"),
            ],
            body(6),
        ),
    ]
}

#[tokio::test]
async fn every_encoding_and_any_prefix_stores_the_same_spans() {
    let server = InProcess::start().await;
    for (path, headers, body) in in_every_encoding() {
        let response = server.post(path, headers, body).await;
        assert_eq!(response.status(), 200, "{path} {headers:?}");
        let expected = if headers[0].1 == PROTOBUF {
            PROTOBUF
        } else {
            JSON
        };
        assert_eq!(content_type(&response), expected);
        let answer = response.bytes().await.unwrap();
        if expected == PROTOBUF {
            assert!(
                answer.is_empty(),
                "full success leaves partial_success unset"
            );
        } else {
            assert_eq!(
                serde_json::from_slice::<Value>(&answer).unwrap(),
                serde_json::json!({})
            );
        }
    }
    let all = "traces | project name, kind, duration, ['service.name'], ['http.status_code'], ['span_id']";
    let mut seen = Vec::new();
    for trace in 1..=6_u128 {
        let rows = server
            .client
            .rows(&format!(
                "{all}, trace_id | where trace_id == '{trace:032x}'"
            ))
            .await;
        seen.push(
            rows.into_iter()
                .map(|mut row| {
                    row.pop();
                    row
                })
                .collect::<Vec<_>>(),
        );
    }
    assert_eq!(seen[0].len(), 2);
    for (index, rows) in seen.iter().enumerate() {
        assert_eq!(rows, &seen[0], "request {index} was stored differently");
    }
}

#[tokio::test]
async fn the_console_port_takes_spans_too() {
    let server = InProcess::start().await;
    let url = server.client.api("/v1/traces");
    let body = protobuf("api", vec![span(1, 0)]);
    let response = server
        .client
        .http
        .post(url)
        .header("content-type", PROTOBUF)
        .body(body)
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(server.count("traces").await, 1);
}

#[tokio::test]
async fn an_empty_request_is_a_success() {
    let server = InProcess::start().await;
    let response = server
        .post("/v1/traces", &[("content-type", PROTOBUF)], Vec::new())
        .await;
    assert_eq!(response.status(), 200);
    let response = server
        .post("/v1/traces", &[("content-type", JSON)], b"{}".to_vec())
        .await;
    assert_eq!(response.status(), 200);
}

#[tokio::test]
async fn a_span_that_can_never_be_stored_is_rejected_and_the_rest_kept() {
    let server = InProcess::start().await;
    let mut nameless = span(1, 1);
    nameless.trace_id = vec![0; 16];
    let mut short = span(1, 2);
    short.span_id = vec![1; 3];
    let body = protobuf("api", vec![span(1, 0), nameless, short]);
    let response = server
        .post("/v1/traces", &[("content-type", PROTOBUF)], body)
        .await;
    assert_eq!(response.status(), 200);
    let answer = ExportTraceServiceResponse::decode(response.bytes().await.unwrap()).unwrap();
    let partial = answer.partial_success.expect("a partial success");
    assert_eq!(partial.rejected_spans, 2);
    assert!(!partial.error_message.is_empty());
    assert_eq!(server.count("traces").await, 1);
}

#[tokio::test]
async fn what_cannot_be_understood_is_refused_for_good() {
    let server = InProcess::start().await;
    let good = || protobuf("api", vec![span(1, 0)]);
    let table: [(u16, &str, Headers<'_>, Vec<u8>); 8] = [
        (
            400,
            "garbage",
            &[("content-type", PROTOBUF)],
            b"\xff\xff\xffnonsense".to_vec(),
        ),
        (
            400,
            "half a JSON",
            &[("content-type", JSON)],
            b"{\"resourceSpans\": [".to_vec(),
        ),
        (
            400,
            "not gzip",
            &[("content-type", PROTOBUF), ("content-encoding", "gzip")],
            good(),
        ),
        (
            400,
            "cut gzip",
            &[("content-type", PROTOBUF), ("content-encoding", "gzip")],
            gzip(&good())[..30].to_vec(),
        ),
        (415, "no content type", &[], good()),
        (415, "text", &[("content-type", "text/plain")], good()),
        (
            415,
            "brotli",
            &[("content-type", PROTOBUF), ("content-encoding", "br")],
            good(),
        ),
        (
            400,
            "an impossible dataset",
            &[("content-type", PROTOBUF), ("x-axiom-dataset", "../../etc")],
            good(),
        ),
    ];
    for (status, what, headers, body) in table {
        let response = server.post("/v1/traces", headers, body).await;
        assert_eq!(response.status(), status, "{what}");
        assert!(
            response.headers().get("retry-after").is_none(),
            "{what} is not to be retried"
        );
        let echoes = headers.first().is_some_and(|(_, value)| *value == PROTOBUF);
        assert_eq!(
            content_type(&response),
            if echoes { PROTOBUF } else { JSON },
            "{what}"
        );
        assert!(
            !response.bytes().await.unwrap().is_empty(),
            "{what} has a Status"
        );
    }
    let (_, datasets) = server.client.get("/v1/datasets").await;
    assert_eq!(datasets, serde_json::json!([]), "nothing was stored");
}

#[tokio::test]
async fn too_much_is_refused_on_the_wire_and_after_decompression() {
    let server = InProcess::start().await;
    let headers = [("content-type", PROTOBUF)];
    let response = server
        .post("/v1/traces", &headers, vec![0; (64 << 20) + 1])
        .await;
    assert_eq!(response.status(), 413);
    assert!(response.headers().get("retry-after").is_none());

    let bomb = gzip(&vec![0; 65 << 20]);
    assert!(bomb.len() < 1 << 20);
    let headers = [("content-type", PROTOBUF), ("content-encoding", "gzip")];
    let response = server.post("/v1/traces", &headers, bomb).await;
    assert_eq!(response.status(), 413);
}

#[tokio::test]
async fn without_room_it_says_so_and_when_to_come_back() {
    let limits = Limits {
        in_flight_bytes_max: 64,
        ..Limits::default()
    };
    let server = InProcess::over(tempfile::TempDir::new().unwrap(), limits).await;
    let body = protobuf("api", vec![span(1, 0)]);
    assert!(body.len() > 64);
    let response = server
        .post("/v1/traces", &[("content-type", PROTOBUF)], body)
        .await;
    assert_eq!(response.status(), 503);
    let seconds: u64 = response.headers()["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((1..=30).contains(&seconds));
    assert_eq!(content_type(&response), PROTOBUF);
}

#[tokio::test]
async fn other_signals_and_other_paths_are_not_found() {
    let server = InProcess::start().await;
    for path in ["/v1/metrics", "/nothing"] {
        let response = server
            .post(path, &[("content-type", JSON)], b"{}".to_vec())
            .await;
        assert_eq!(response.status(), 404, "{path}");
        let status: Value = response.json().await.unwrap();
        assert!(
            status["message"].as_str().unwrap().contains("/v1/traces"),
            "{status}"
        );
    }
    let response = server
        .client
        .http
        .get(server.client.otlp("/v1/traces"))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 405);
}

#[tokio::test]
async fn a_dataset_header_names_the_dataset() {
    let server = InProcess::start().await;
    let headers = [("content-type", PROTOBUF), ("x-axiom-dataset", "preview")];
    let response = server
        .post("/v1/traces", &headers, protobuf("api", vec![span(1, 0)]))
        .await;
    assert_eq!(response.status(), 200);
    assert_eq!(server.count("preview").await, 1);
    let (_, datasets) = server.client.get("/v1/datasets").await;
    assert_eq!(datasets[0]["name"], "preview");
    assert_eq!(datasets[0]["rows"], 1);
}

#[tokio::test]
async fn what_no_waiting_makes_room_for_is_refused_for_good() {
    let limits = Limits {
        buffer_bytes_max: 64 << 10,
        ..Limits::default()
    };
    let server = InProcess::over(tempfile::TempDir::new().unwrap(), limits).await;
    let headers = [("content-type", PROTOBUF)];
    let mut large = span(1, 0);
    large.name = "x".repeat(1 << 20);
    let response = server
        .post("/v1/traces", &headers, protobuf("api", vec![large]))
        .await;
    assert_eq!(response.status(), 413, "larger than the buffer");
    assert!(response.headers().get("retry-after").is_none());
}

#[tokio::test]
async fn a_dataset_too_many_is_refused_for_good() {
    let server = InProcess::start().await;
    let mut refused = None;
    for number in 0..=100 {
        let name = format!("dataset-{number}");
        let headers = [("content-type", PROTOBUF), ("x-axiom-dataset", &name)];
        let response = server
            .post("/v1/traces", &headers, protobuf("api", vec![span(1, 0)]))
            .await;
        if response.status() != 200 {
            refused = Some(response);
            break;
        }
    }
    let refused = refused.expect("a limit on datasets");
    assert_eq!(refused.status(), 400);
    assert!(refused.headers().get("retry-after").is_none());
}

#[tokio::test]
async fn the_books_balance_at_every_door() {
    let server = InProcess::start().await;
    let headers = [("content-type", PROTOBUF)];
    let mut bad = span(1, 1);
    bad.span_id.clear();
    let good = protobuf("api", vec![span(1, 0), bad]);
    server.post("/v1/traces", &headers, good).await;
    let garbage = b"\xff\xff".to_vec();
    server.post("/v1/traces", &headers, garbage).await;
    // Refused before anything is read.
    server.post("/v1/traces", &[], Vec::new()).await;
    server.post("/v1/metrics", &headers, Vec::new()).await;
    let (_, meta) = server.client.get("/api/v1/meta").await;
    let refusals = serde_json::json!({
        "malformed": 1, "unsupported": 1, "too_large": 0, "no_such_service": 1, "wrong_method": 0,
        "too_slow": 0, "no_room": 0, "buffer_full": 0, "log_full": 0, "disk_full": 0, "not_stored": 0,
        "fault": 0, "shutting_down": 0, "unauthenticated": 0, "forbidden": 0
    });
    let books = serde_json::json!({
        "requests_received": 4, "requests": 1, "requests_busy": 0, "requests_refused": 3,
        "refusals": refusals, "spans_stored": 1, "spans_deduplicated": 0, "spans_rejected": 1
    });
    assert_eq!(meta["ingest"], books);
}
