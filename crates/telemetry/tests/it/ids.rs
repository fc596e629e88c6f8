//! `X-Trace-ID`, `X-Request-ID` and `Server-Timing` on every response, whoever made it.

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Json, Path};
use axum::http::{Request, Response, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::IntoResponse;
use axum::routing::{get, options, post};
use futures::FutureExt as _;
use throughline_telemetry::testing::{self, Recorder};
use throughline_telemetry::{Config, Telemetry, http_server, opentelemetry_sdk::trace::Sampler};
use tower::ServiceExt;

const PARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

fn routes() -> Router {
    Router::new()
        .route(
            "/ok",
            get(|| async { "ok" }).post(|_: Bytes| async { StatusCode::CREATED }),
        )
        .route("/empty", get(|| async { StatusCode::NO_CONTENT }))
        .route("/bad", get(|| async { StatusCode::BAD_REQUEST }))
        .route("/limited", get(|| async { StatusCode::TOO_MANY_REQUESTS }))
        .route("/same", get(|| async { StatusCode::NOT_MODIFIED }))
        .route("/fail", get(|| async { StatusCode::INTERNAL_SERVER_ERROR }))
        .route("/late", get(|| async { StatusCode::GATEWAY_TIMEOUT }))
        .route(
            "/panic",
            get(|| async {
                assert_eq!(1, 2);
                "never"
            }),
        )
        .route("/json", post(|Json(_): Json<Vec<u8>>| async { "json" }))
        .route("/number/{n}", get(|Path(_): Path<u8>| async { "a number" }))
        .route(
            "/stream",
            get(|| async {
                let chunks = [
                    Ok::<_, std::io::Error>(Bytes::from("a")),
                    Ok(Bytes::from("b")),
                ];
                Body::from_stream(futures::stream::iter(chunks))
            }),
        )
        .route("/health", get(|| async { "up" }))
        .route(
            "/slow",
            get(std::future::pending::<()>).layer(from_fn(impatient)),
        )
        .route(
            "/guarded",
            get(|| async { "never" }).layer(throughline_telemetry::mcp::bearer(Vec::new())),
        )
        .route("/preflight", options(|| async { StatusCode::NO_CONTENT }))
        .layer(DefaultBodyLimit::max(16))
}

/// Gives up at once, and with it the handler.
async fn impatient(request: Request<Body>, next: Next) -> Response<Body> {
    match next.run(request).now_or_never() {
        Some(response) => response,
        None => StatusCode::REQUEST_TIMEOUT.into_response(),
    }
}

async fn ask(service: &Telemetry, method: &str, path: &str, body: &'static str) -> Response<Body> {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("content-type", "application/json")
        .body(Body::from(body))
        .unwrap();
    service
        .scope(async { http_server::wrap(routes()) })
        .await
        .oneshot(request)
        .await
        .unwrap()
}

fn header<'a>(response: &'a Response<Body>, name: &str) -> Option<&'a str> {
    response
        .headers()
        .get(name)
        .map(|value| value.to_str().unwrap())
}

fn is_trace_id(id: &str) -> bool {
    id.len() == 32
        && id
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        && id != "0".repeat(32)
}

#[tokio::test]
async fn every_response_has_them() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    for (method, path, body, status, name) in [
        ("GET", "/ok", "", 200, "GET /ok"),
        ("POST", "/ok", "", 201, "POST /ok"),
        ("HEAD", "/ok", "", 200, "HEAD /ok"),
        ("OPTIONS", "/ok", "", 405, "OPTIONS /ok"),
        ("DELETE", "/ok", "", 405, "DELETE /ok"),
        ("BREW", "/ok", "", 405, "HTTP /ok"),
        ("GET", "/empty", "", 204, "GET /empty"),
        ("GET", "/same", "", 304, "GET /same"),
        ("GET", "/bad", "", 400, "GET /bad"),
        ("GET", "/number/many", "", 400, "GET /number/{n}"),
        ("GET", "/nowhere/to/be/found", "", 404, "GET"),
        ("POST", "/ok", "more than sixteen bytes", 413, "POST /ok"),
        ("POST", "/json", "{}", 422, "POST /json"),
        ("GET", "/limited", "", 429, "GET /limited"),
        ("GET", "/fail", "", 500, "GET /fail"),
        ("GET", "/panic", "", 500, "GET /panic"),
        ("GET", "/late", "", 504, "GET /late"),
        ("GET", "/slow", "", 408, "GET /slow"),
        ("GET", "/guarded", "", 401, "GET /guarded"),
        ("OPTIONS", "/preflight", "", 204, "OPTIONS /preflight"),
        ("GET", "/stream", "", 200, "GET /stream"),
    ] {
        let response = ask(&service, method, path, body).await;
        let case = format!("{method} {path}");
        assert_eq!(response.status().as_u16(), status, "{case}");
        let trace_id = header(&response, "x-trace-id").unwrap().to_owned();
        assert!(is_trace_id(&trace_id), "{case}: {trace_id}");
        assert_eq!(
            header(&response, "x-request-id").unwrap().len(),
            36,
            "{case}"
        );
        let timing = header(&response, "server-timing").unwrap();
        assert!(
            timing.contains(&format!("traceparent;desc=\"00-{trace_id}-")),
            "{case}: {timing}"
        );
        axum::body::to_bytes(response.into_body(), 1024)
            .await
            .unwrap();
        let span = recorder.spans().pop().unwrap();
        assert_eq!(
            span.data.span_context.trace_id().to_string(),
            trace_id,
            "{case}"
        );
        assert_eq!(span.data.name, name);
        assert_eq!(span.failed(), status >= 500, "{case}");
        assert_eq!(
            span.attribute("http.response.status_code"),
            Some(status.to_string())
        );
        assert_eq!(span.attribute("kit.cancelled"), None, "{case}");
    }
}

#[tokio::test]
async fn the_error_type_is_the_status_or_a_panic() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    for (path, kind) in [
        ("/bad", None),
        ("/late", Some("504")),
        ("/panic", Some("panic")),
    ] {
        ask(&service, "GET", path, "").await;
        assert_eq!(
            recorder
                .spans()
                .pop()
                .unwrap()
                .attribute("error.type")
                .as_deref(),
            kind,
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_request_id_is_kept_when_it_is_harmless() {
    let service = testing::service("api", &Recorder::default());
    let router = service.scope(async { http_server::wrap(routes()) }).await;
    let long = "x".repeat(129);
    for (sent, kept) in [
        ("abc-1.2_3", true),
        ("two words", false),
        ("a<b", false),
        ("", false),
        (&long, false),
    ] {
        let request = Request::get("/ok")
            .header("x-request-id", sent)
            .body(Body::empty())
            .unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        assert_eq!(
            header(&response, "x-request-id") == Some(sent),
            kept,
            "{sent:?}"
        );
    }
}

#[tokio::test]
async fn an_excluded_path_has_both_ids_and_no_span() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    for path in ["/health", "/health/"] {
        let response = ask(&service, "GET", path, "").await;
        assert!(
            is_trace_id(header(&response, "x-trace-id").unwrap()),
            "{path}"
        );
        assert!(header(&response, "x-request-id").is_some());
    }
    let router = service.scope(async { http_server::wrap(routes()) }).await;
    let request = Request::get("/health")
        .header("traceparent", PARENT)
        .body(Body::empty())
        .unwrap();
    let response = router.oneshot(request).await.unwrap();
    assert_eq!(
        header(&response, "x-trace-id"),
        Some("0af7651916cd43dd8448eb211c80319c")
    );
    assert!(recorder.spans().is_empty(), "{}", recorder.tree());
}

#[tokio::test]
async fn unsampled_requests_have_an_id_and_disabled_services_pass_on_the_callers() {
    let recorder = Recorder::default();
    let mut config = Config::from_lookup("api", &|_| None);
    config.enabled = true;
    config.sampler = Sampler::AlwaysOff;
    let unsampled = testing::service_with(config.clone(), &recorder);
    let response = ask(&unsampled, "GET", "/ok", "").await;
    assert!(is_trace_id(header(&response, "x-trace-id").unwrap()));
    config.enabled = false;
    let off = testing::service_with(config, &recorder);
    let response = ask(&off, "GET", "/ok", "").await;
    assert_eq!(header(&response, "x-trace-id"), None);
    assert!(header(&response, "x-request-id").is_some());
    let router = off.scope(async { http_server::wrap(routes()) }).await;
    let request = Request::get("/ok")
        .header("traceparent", PARENT)
        .body(Body::empty())
        .unwrap();
    let response = router.oneshot(request).await.unwrap();
    assert_eq!(
        header(&response, "x-trace-id"),
        Some("0af7651916cd43dd8448eb211c80319c")
    );
    assert!(recorder.spans().is_empty());
}
