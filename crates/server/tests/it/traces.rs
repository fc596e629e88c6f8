//! One trace, whole.

use crate::running::InProcess;
use crate::spans::{failed, protobuf, span, text, with_event_and_link};
use serde_json::json;
use tempfile::TempDir;
use throughline::config::Limits;

#[tokio::test]
async fn a_trace_is_assembled_from_all_its_services() {
    let server = InProcess::start().await;
    let root = span(0xabc, 0);
    let mut child = with_event_and_link(failed(span(0xabc, 1)));
    child.parent_span_id = root.span_id.clone();
    child.attributes.push(text("basket.size", "3"));
    let mut orphan = span(0xabc, 2);
    orphan.parent_span_id = vec![9; 8];
    server
        .client
        .export(protobuf("api", vec![root, orphan]))
        .await;
    server
        .client
        .export(protobuf("worker", vec![child, span(0xdef, 0)]))
        .await;

    let (status, trace) = server
        .client
        .get(&format!("/api/v1/traces/{:032X}", 0xabc))
        .await;
    assert_eq!(status, 200, "{trace}");
    assert_eq!(trace["cut"], false);
    assert_eq!(trace["trace_id"], format!("{:032x}", 0xabc));
    assert_eq!(trace["start"], "2026-11-22T10:00:00Z");
    assert_eq!(trace["start_ns"], "1795341600000000000");
    assert_eq!(trace["duration_ns"], 7_000_000);
    assert_eq!(trace["span_count"], 3);
    assert_eq!(trace["service_count"], 2);
    assert_eq!(trace["error_count"], 1);
    assert_eq!(trace["missing_parents"], 1);
    let offsets: Vec<_> = trace["spans"]
        .as_array()
        .unwrap()
        .iter()
        .map(|span| span["start_ns"].clone())
        .collect();
    assert_eq!(offsets, [json!(0), json!(1_000_000), json!(2_000_000)]);
    assert_eq!(
        trace["spans"][1],
        json!({
            "span_id": "0000000000000002",
            "parent_span_id": "0000000000000001",
            "name": "GET /lessons/1",
            "kind": "server",
            "service": "worker",
            "start_ns": 1_000_000,
            "duration_ns": 5_000_000,
            "error": true,
            "status_code": "ERROR",
            "status_message": "boom",
            "scope": "tests",
            "attributes": { "http.request.method": "GET", "http.response.status_code": 200, "basket.size": "3" },
            "resource": { "service.name": "worker", "host.name": "h1" },
            "events": [{ "name": "cache miss", "offset_ns": 2_000_000, "attributes": { "cache": "lessons" } }],
            "links": [{
                "trace_id": "07070707070707070707070707070707",
                "span_id": "0808080808080808",
                "attributes": { "why": "retry" },
            }],
        })
    );
}

#[tokio::test]
async fn a_trace_that_is_not_there_or_no_id_at_all() {
    let server = InProcess::start().await;
    let absent = format!("/api/v1/traces/{:032x}", 1);
    assert_eq!(server.client.get(&absent).await.0, 404, "no dataset yet");
    server
        .client
        .export(protobuf("api", vec![span(2, 0)]))
        .await;
    let (status, answer) = server.client.get(&absent).await;
    assert_eq!((status, &answer["code"]), (404, &json!(404)));
    for id in ["1", "zz", &"g".repeat(32), &"0".repeat(33)] {
        assert_eq!(
            server.client.get(&format!("/api/v1/traces/{id}")).await.0,
            400,
            "{id}"
        );
    }
}

#[tokio::test]
async fn a_trace_of_too_many_bytes_is_cut_and_says_so() {
    let limits = Limits {
        trace_bytes_max: 1 << 20,
        query_response_bytes_max: 1 << 20,
        ..Limits::default()
    };
    let server = InProcess::over(TempDir::new().unwrap(), limits).await;
    for index in 0..4 {
        let mut large = span(0xabc, index);
        large.attributes.push(text("query", &"x".repeat(400 << 10)));
        server.client.export(protobuf("api", vec![large])).await;
    }
    let path = format!("/api/v1/traces/{:032x}", 0xabc);
    let (status, trace) = server.client.get(&path).await;
    assert_eq!(status, 200);
    assert_eq!(
        (&trace["cut"], &trace["span_count"]),
        (&json!(true), &json!(2))
    );

    let (status, answer) = server.client.ask(json!({ "apl": "traces" })).await;
    assert_eq!(status, 400, "half a result would be a wrong one");
    let message = answer["message"].as_str().unwrap();
    assert!(message.contains("larger than 1 MiB"), "{answer}");
}
