//! What a browser meets: the console's files, headers, and plain answers for what is not there.

use crate::running::InProcess;
use serde_json::Value;

#[tokio::test]
async fn every_page_of_the_console_starts_from_one_file() {
    let server = InProcess::start().await;
    for path in ["/", "/services", "/trace/0123", "/index.html"] {
        let response = server
            .client
            .http
            .get(server.client.api(path))
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 200, "{path}");
        let headers = response.headers();
        assert!(
            headers["content-type"]
                .to_str()
                .unwrap()
                .starts_with("text/html")
        );
        assert!(
            headers["content-security-policy"]
                .to_str()
                .unwrap()
                .contains("default-src 'self'")
        );
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["cache-control"], "no-cache");
    }
}

#[tokio::test]
async fn a_file_that_the_browser_has_is_not_sent_again() {
    let server = InProcess::start().await;
    let response = server
        .client
        .http
        .get(server.client.api("/"))
        .send()
        .await
        .unwrap();
    let tag = response.headers()["etag"].clone();
    let again = server
        .client
        .http
        .get(server.client.api("/"))
        .header("if-none-match", tag);
    assert_eq!(again.send().await.unwrap().status(), 304);
}

#[tokio::test]
async fn what_is_not_there_is_said_plainly() {
    let server = InProcess::start().await;
    for path in ["/api/v1/nothing", "/v1/nothing", "/v2/nothing"] {
        let (status, answer) = server.client.get(path).await;
        assert_eq!(status, 404, "{path}");
        assert_eq!(answer["code"], 404);
    }
    let missing = server
        .client
        .http
        .get(server.client.api("/assets/none.js"))
        .send()
        .await
        .unwrap();
    assert_eq!(missing.status(), 404);
    let (status, _) = server.client.get("/v1/datasets/_apl").await;
    assert_eq!(status, 405);
}

#[tokio::test]
async fn health_and_meta_answer() {
    let server = InProcess::start().await;
    let (status, meta) = server.client.get("/api/v1/meta").await;
    assert_eq!(status, 200);
    // What waited for the log to be read back has been answered, so it is.
    let health = server
        .client
        .http
        .get(server.client.api("/healthz"))
        .send()
        .await
        .unwrap();
    assert_eq!(health.text().await.unwrap(), "ok");
    assert_eq!(meta["first_span_at"], Value::Null);
    assert_eq!(
        meta["otlp_http"],
        format!("http://{}", server.client.addresses.otlp_http)
    );
    assert_eq!(meta["version"], env!("CARGO_PKG_VERSION"));
    server
        .client
        .export(crate::spans::protobuf(
            "api",
            vec![crate::spans::span(1, 0)],
        ))
        .await;
    let (_, meta) = server.client.get("/api/v1/meta").await;
    assert!(meta["first_span_at"].is_string(), "{meta}");
    assert_eq!(meta["datasets"], serde_json::json!(["traces"]));
    assert_eq!(meta["ingest"]["spans_stored"], 1);
}

#[tokio::test]
async fn answers_are_compressed_for_who_can_read_it() {
    let server = InProcess::start().await;
    let request = server
        .client
        .http
        .get(server.client.api("/"))
        .header("accept-encoding", "gzip");
    let response = request.send().await.unwrap();
    assert_eq!(response.headers()["content-encoding"], "gzip");
}
