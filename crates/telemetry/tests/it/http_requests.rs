//! Requests of every kind: their hosts, their protocols, their ids, and a panic where nothing is recorded.

use axum::Router;
use axum::http::Version;
use axum::routing::get;
use opentelemetry_semantic_conventions::attribute as names;
use throughline_telemetry::testing::{self, Recorder};
use tower::ServiceExt;

use crate::http_server::{request, wrapped};

#[tokio::test]
async fn a_host_is_recorded_when_it_is_one() {
    for (uri, host, address, port) in [
        ("/", "lessons.example", Some("lessons.example"), None),
        (
            "/",
            "lessons.example:81",
            Some("lessons.example"),
            Some("81"),
        ),
        ("/", "lessons.example:x", Some("lessons.example"), None),
        ("/", "[::1]:81", Some("[::1]"), Some("81")),
        ("/", "[::1]", Some("[::1]"), None),
        ("/", "jane@example.com", None, None),
        ("/", "jane doe", None, None),
        ("/", "a:b:c", None, None),
        ("/", "", None, None),
        (
            "https://named.example:82/",
            "other",
            Some("named.example"),
            Some("82"),
        ),
    ] {
        let recorder = Recorder::default();
        let service = testing::service("api", &recorder);
        let routes = Router::new().route("/", get(|| async { "" }));
        let router = wrapped(&service, routes).await;
        let mut request = request(uri);
        request
            .headers_mut()
            .insert("host", host.try_into().unwrap());
        router.oneshot(request).await.unwrap();
        let span = recorder.find("GET /").unwrap();
        let scheme = uri.split_once(':').map_or("http", |(scheme, _)| scheme);
        for (key, value) in [
            (names::SERVER_ADDRESS, address),
            (names::SERVER_PORT, port),
            (names::URL_SCHEME, Some(scheme)),
        ] {
            assert_eq!(span.attribute(key).as_deref(), value, "{uri} {host}: {key}");
        }
    }
}

#[tokio::test]
async fn the_protocol_has_its_usual_number() {
    for (version, number) in [
        (Version::HTTP_09, None),
        (Version::HTTP_10, Some("1.0")),
        (Version::HTTP_11, Some("1.1")),
        (Version::HTTP_2, Some("2")),
        (Version::HTTP_3, Some("3")),
    ] {
        let recorder = Recorder::default();
        let service = testing::service("api", &recorder);
        let routes = Router::new().route("/", get(|| async { "" }));
        let mut request = request("/");
        *request.version_mut() = version;
        let router = wrapped(&service, routes).await;
        router.oneshot(request).await.unwrap();
        let span = recorder.find("GET /").unwrap();
        let found = span.attribute(names::NETWORK_PROTOCOL_VERSION);
        assert_eq!(found.as_deref(), number, "{version:?}");
    }
}

#[tokio::test]
async fn a_panic_where_nothing_is_recorded_is_answered_as_well() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    async fn fails() -> &'static str {
        panic!("on purpose")
    }
    let router = wrapped(&service, Router::new().route("/ready", get(fails))).await;
    let mut request = request("/ready");
    let id = "r-1".try_into().unwrap();
    request.headers_mut().insert("x-request-id", id);
    let response = router.oneshot(request).await.unwrap();
    assert_eq!(response.status(), 500);
    assert_eq!(response.headers()["x-request-id"], "r-1");
    assert_eq!(recorder.tree(), "");
}

#[tokio::test]
async fn a_handler_knows_its_requests_id() {
    let service = testing::service("api", &Recorder::default());
    let tell = || async { throughline_telemetry::request_id().unwrap() };
    let router = wrapped(&service, Router::new().route("/", get(tell))).await;
    let response = router.oneshot(request("/")).await.unwrap();
    let id = response.headers()["x-request-id"].clone();
    let told = axum::body::to_bytes(response.into_body(), 64)
        .await
        .unwrap();
    assert_eq!(id.as_bytes(), told);
    assert_eq!(throughline_telemetry::request_id(), None);
}
