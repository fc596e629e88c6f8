//! Events beside other events, beside spans, and beside nothing at all.

use crate::running::InProcess;
use crate::spans::{protobuf, span};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

async fn send(server: &InProcess, dataset: &str, body: &str) -> (u16, String) {
    let path = server.client.api(&format!("/v1/ingest/{dataset}"));
    let request = server.client.http.post(path).body(body.to_owned());
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

/// None needs more room than its own few bytes, and one of them makes the dataset.
#[tokio::test]
async fn many_small_requests_pass_at_once() {
    let server = InProcess::start().await;
    let mut senders = JoinSet::new();
    for n in 0..16 {
        let path = server.client.api("/v1/ingest/busy");
        let request = server.client.http.post(path).body(format!("{{\"n\":{n}}}"));
        senders.spawn(async move { request.send().await.unwrap().status().as_u16() });
    }
    assert_eq!(senders.join_all().await, [200; 16]);
    let found = server.client.rows("busy | summarize count(), sum(n)").await;
    assert_eq!(found, [[json!(16), json!(120)]]);
}

#[tokio::test]
async fn what_has_no_event_makes_no_dataset() {
    let server = InProcess::start().await;
    for (body, expected) in [("", 200), ("[]", 200), ("7", 200), ("{oops", 400)] {
        let (status, answer) = send(&server, "x1", body).await;
        assert_eq!(status, expected, "{body}: {answer}");
    }
    assert_eq!(server.client.get("/v1/datasets").await.1, json!([]));
    for at in 0..100 {
        assert_eq!(send(&server, &format!("x{at}"), "{}").await.0, 200);
    }
    let (status, answer) = send(&server, "one-more", "{}").await;
    assert!(status == 400 && answer.contains("limit"), "{answer}");
}

/// The head was let in while there was no such dataset; the body comes when it is one of events.
#[tokio::test]
async fn spans_whose_body_comes_after_events_are_refused() {
    let server = InProcess::start().await;
    let body = protobuf("api", vec![span(1, 0)]);
    let address = server.client.addresses.otlp_http;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST /v1/traces HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nexpect: 100-continue\r\n\
         content-type: application/x-protobuf\r\nx-axiom-dataset: web\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    // Said when the body is asked for, which is after the dataset was.
    let mut go_on = *b"HTTP/1.1 100 Continue\r\n\r\n";
    stream.read_exact(&mut go_on).await.unwrap();
    assert!(go_on.starts_with(b"HTTP/1.1 100"));
    assert_eq!(send(&server, "web", "{}").await.0, 200);
    stream.write_all(&body).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    assert_eq!(server.client.rows("web | count").await, [[json!(1)]]);
}
