//! What a SERVER span says, when it ends, and what it leaves out.

use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{Request, header};
use axum::routing::get;
use expect_test::expect;
use futures::StreamExt;
use opentelemetry_semantic_conventions::attribute as names;
use throughline_telemetry::http_server::Config;
use throughline_telemetry::propagation::Trust;
use throughline_telemetry::testing::{self, Recorder};
use throughline_telemetry::{Telemetry, http_server, scheduler, sql, trace_id};
use tower::{Layer, ServiceExt};

pub(crate) async fn wrapped(service: &Telemetry, router: Router) -> Router {
    service.scope(async { http_server::wrap(router) }).await
}

pub(crate) fn request(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).unwrap()
}

async fn query() -> u8 {
    let db = sql::Database::new("sqlite", "lessons");
    db.query("SELECT lessons", async { Ok(1) }).await.unwrap()
}

#[tokio::test]
async fn attributes_are_the_conventions_and_nothing_personal() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let nested = Router::new().route("/lessons/{id}", get(|| async { "" }));
    let router = wrapped(&service, Router::new().nest("/api", nested)).await;
    let request = Request::get("/api/lessons/7?email=jane%40example.com")
        .header("host", "lessons.example:8080")
        .header("user-agent", "test/1")
        .header("x-request-id", "r-1")
        .header("x-forwarded-for", "203.0.113.9")
        .body(Body::empty())
        .unwrap();
    router.oneshot(request).await.unwrap();
    let span = recorder.find("GET /api/lessons/{id}").unwrap();
    let mut found: Vec<_> = span
        .data
        .attributes
        .iter()
        .map(|kv| (kv.key.to_string(), kv.value.to_string()))
        .collect();
    found.sort();
    let mut expected = [
        (names::HTTP_REQUEST_METHOD, "GET"),
        (names::HTTP_RESPONSE_STATUS_CODE, "200"),
        (names::HTTP_ROUTE, "/api/lessons/{id}"),
        (names::NETWORK_PROTOCOL_VERSION, "1.1"),
        ("request.id", "r-1"),
        (names::SERVER_ADDRESS, "lessons.example"),
        (names::SERVER_PORT, "8080"),
        (names::URL_PATH, "/api/lessons/{id}"),
        (names::URL_SCHEME, "http"),
        (names::USER_AGENT_ORIGINAL, "test/1"),
    ]
    .map(|(key, value)| (key.to_owned(), value.to_owned()));
    expected.sort();
    assert_eq!(found, expected);
}

#[tokio::test]
async fn an_address_in_the_path_is_not_recorded() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let routes = Router::new().route("/students/{email}", get(|| async { "" }));
    let router = wrapped(&service, routes).await;
    for (path, status) in [
        ("/students/jane@example.com", 200),
        ("/users/jane@example.com", 404),
    ] {
        let response = router.clone().oneshot(request(path)).await.unwrap();
        assert_eq!(response.status(), status);
    }
    let spans = recorder.spans();
    let path = |index: usize| spans[index].attribute(names::URL_PATH);
    assert_eq!(path(0).as_deref(), Some("/students/{email}"));
    assert_eq!(path(1), None, "no route matched");
    assert!(!format!("{spans:?}").contains("jane"), "{spans:?}");
}

#[tokio::test]
async fn a_handlers_spans_nest_under_the_request() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let _logs = tracing::subscriber::set_default(service.subscriber(std::io::sink));
    #[tracing::instrument(name = "search.parse", skip_all)]
    async fn parse() {
        query().await;
    }
    let handler = || async {
        parse().await;
        query().await;
        throughline_telemetry::spawn(async {
            tracing::info_span!("in.background").in_scope(|| {})
        })
        .await
        .unwrap();
        tracing::error!("handled: the request is fine");
        trace_id().unwrap()
    };
    let router = wrapped(&service, Router::new().route("/search", get(handler))).await;
    let response = router.oneshot(request("/search")).await.unwrap();
    let in_header = response.headers()["x-trace-id"]
        .to_str()
        .unwrap()
        .to_owned();
    let in_handler = axum::body::to_bytes(response.into_body(), 64)
        .await
        .unwrap();
    assert_eq!(in_header.as_bytes(), in_handler);
    expect![[r#"
        api SERVER GET /search
          api INTERNAL search.parse
            api CLIENT SELECT lessons
          api CLIENT SELECT lessons
          api INTERNAL in.background
    "#]]
    .assert_eq(&recorder.tree());
    assert!(
        recorder
            .find("search.parse")
            .unwrap()
            .data
            .attributes
            .is_empty(),
        "the bridge adds nothing"
    );
}

#[tokio::test]
async fn an_excluded_handler_makes_no_orphans_and_a_similar_path_is_traced() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let _logs = tracing::subscriber::set_default(service.subscriber(std::io::sink));
    let check = || async {
        tracing::info_span!("check").in_scope(|| {});
        query().await.to_string()
    };
    let routes = Router::new()
        .route("/ready", get(check))
        .route("/readyness", get(check));
    let router = wrapped(&service, routes.clone()).await;
    router.clone().oneshot(request("/ready")).await.unwrap();
    assert_eq!(recorder.tree(), "");
    router.oneshot(request("/readyness")).await.unwrap();
    assert_eq!(recorder.spans().len(), 3);
    let config = Config {
        excluded: vec!["/readyness".to_owned()],
        ..Config::default()
    };
    let quiet = service
        .scope(async { http_server::wrap_with(routes, config) })
        .await;
    quiet.oneshot(request("/readyness")).await.unwrap();
    assert_eq!(recorder.spans().len(), 3);
}

#[tokio::test]
async fn the_span_lasts_as_long_as_the_body() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let handler = || async {
        let chunks = futures::stream::iter(0..2).then(|_| async {
            query().await;
            Ok::<_, std::io::Error>(Bytes::from("chunk"))
        });
        Body::from_stream(chunks)
    };
    let router = wrapped(&service, Router::new().route("/export", get(handler))).await;
    let response = router.clone().oneshot(request("/export")).await.unwrap();
    assert!(
        recorder.find("GET /export").is_none(),
        "ended before its body"
    );
    axum::body::to_bytes(response.into_body(), 64)
        .await
        .unwrap();
    expect![[r#"
        api SERVER GET /export
          api CLIENT SELECT lessons
          api CLIENT SELECT lessons
    "#]]
    .assert_eq(&recorder.tree());
    // A client that stops reading.
    drop(router.oneshot(request("/export")).await.unwrap());
    let span = recorder.spans().pop().unwrap();
    assert_eq!(span.attribute("kit.cancelled").as_deref(), Some("true"));
    assert!(!span.failed());
}

#[tokio::test]
async fn a_client_that_goes_away_cancels_the_span_without_an_error() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let forever = || async { std::future::pending::<&str>().await };
    let router = wrapped(&service, Router::new().route("/slow", get(forever))).await;
    let serving = router.oneshot(request("/slow"));
    assert!(
        tokio::time::timeout(Duration::from_millis(20), serving)
            .await
            .is_err()
    );
    let span = recorder.find("GET /slow").unwrap();
    assert_eq!(span.attribute("kit.cancelled").as_deref(), Some("true"));
    assert_eq!(span.attribute(names::HTTP_RESPONSE_STATUS_CODE), None);
    assert!(!span.failed());
}

#[tokio::test]
async fn a_subscription_to_events_ends_with_its_headers() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let events = || async {
        let body = Body::from_stream(futures::stream::pending::<Result<Bytes, std::io::Error>>());
        ([(header::CONTENT_TYPE, "text/event-stream")], body)
    };
    let router = wrapped(&service, Router::new().route("/events", get(events))).await;
    let response = router.oneshot(request("/events")).await.unwrap();
    assert_eq!(
        recorder
            .find("GET /events")
            .unwrap()
            .attribute("kit.cancelled"),
        None
    );
    drop(response);
    assert_eq!(recorder.spans().len(), 1);
}

#[tokio::test]
async fn over_a_socket_a_known_length_is_a_finished_response() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let known = || async {
        let body = Body::from_stream(futures::stream::iter([Ok::<_, std::io::Error>(
            Bytes::from("12345"),
        )]));
        ([(header::CONTENT_LENGTH, "5")], body)
    };
    let routes = Router::new()
        .route("/known", get(known))
        .route("/text", get(|| async { "text" }));
    let router = wrapped(&service, routes).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async { axum::serve(listener, router).await });
    for path in ["/known", "/text"] {
        let text = reqwest::get(format!("{base}{path}"))
            .await
            .unwrap()
            .text()
            .await
            .unwrap();
        assert!(!text.is_empty());
    }
    reqwest::Client::new()
        .head(format!("{base}/text"))
        .send()
        .await
        .unwrap();
    server.abort();
    let spans = recorder.spans();
    assert_eq!(spans.len(), 3, "{}", recorder.tree());
    assert!(
        spans
            .iter()
            .all(|span| span.attribute("kit.cancelled").is_none())
    );
}

#[tokio::test]
async fn a_request_is_never_a_child_of_what_surrounds_the_server() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let router = wrapped(&service, Router::new().route("/", get(|| async { "" }))).await;
    let at = std::time::SystemTime::UNIX_EPOCH;
    let tick = scheduler::Tick {
        name: "t",
        expression: "*",
        at,
        lag: Duration::ZERO,
        missed: 0,
    };
    let work = async { router.oneshot(request("/")).await };
    service
        .scope(scheduler::tick(&tick, |never| match *never {}, work))
        .await
        .unwrap();
    assert_eq!(recorder.tree(), "api INTERNAL tick t\napi SERVER GET /\n");
}

#[tokio::test]
async fn services_mounted_inside_have_the_route_they_are_mounted_by() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    async fn plain(_: Request<Body>) -> Result<axum::response::Response, std::convert::Infallible> {
        Ok(axum::response::Response::default())
    }
    let routes = Router::new()
        .route_service("/mcp", tower::service_fn(plain))
        .nest_service("/nested", tower::service_fn(plain));
    let router = wrapped(&service, routes).await;
    for path in ["/mcp", "/nested/tools"] {
        router.clone().oneshot(request(path)).await.unwrap();
    }
    assert_eq!(recorder.tree(), "api SERVER GET /mcp\napi SERVER GET\n");
}

#[tokio::test]
async fn a_public_edge_believes_no_caller() {
    const CALLER: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    for (trust, continued, linked) in [
        (Trust::Continue, true, false),
        (Trust::Link, false, true),
        (Trust::Ignore, false, false),
    ] {
        let recorder = Recorder::default();
        let service = testing::service("api", &recorder);
        let routes = Router::new().route("/", get(|| async { "" }));
        let config = Config {
            trust,
            ..Config::default()
        };
        let router = service.scope(async { http_server::wrap_with(routes, config) });
        let mut request = request("/");
        let caller = CALLER.parse().unwrap();
        request.headers_mut().insert("traceparent", caller);
        router.await.oneshot(request).await.unwrap();
        let span = recorder.find("GET /").unwrap().data;
        let same = span.span_context.trace_id().to_string() == CALLER[3..35];
        assert_eq!(
            (same, span.links.len()),
            (continued, usize::from(linked)),
            "{trust:?}"
        );
    }
}

/// No router: the service says which route a path belongs to. Its failure is not an answer.
#[tokio::test]
async fn plain_hyper_is_traced_as_well() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let config = Config {
        route: Some(|_, path| path.starts_with("/lessons/").then_some("/lessons/{id}")),
        ..Config::default()
    };
    let layer = service.scope(async { http_server::layer(config) }).await;
    let answer = |request: Request<hyper::body::Incoming>| async move {
        match request.uri().path() {
            "/broken" => Err(std::io::Error::other("jane@example.com")),
            _ => Ok(axum::http::Response::new(
                http_body_util::Full::<Bytes>::from("a lesson"),
            )),
        }
    };
    let traced = layer.layer(tower::service_fn(answer));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let server = tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.unwrap();
            let service = hyper_util::service::TowerToHyperService::new(traced.clone());
            let io = hyper_util::rt::TokioIo::new(stream);
            let serving = hyper::server::conn::http1::Builder::new().serve_connection(io, service);
            tokio::spawn(serving);
        }
    });
    let response = reqwest::get(format!("{base}/lessons/7")).await.unwrap();
    assert!(response.headers().contains_key("x-trace-id"));
    assert_eq!(response.text().await.unwrap(), "a lesson");
    reqwest::get(format!("{base}/broken")).await.unwrap_err();
    server.abort();
    assert_eq!(
        recorder.tree(),
        "api SERVER GET /lessons/{id}\napi SERVER GET !\n"
    );
    let broken = recorder.find("GET").unwrap();
    assert_eq!(
        broken.attribute(names::ERROR_TYPE).as_deref(),
        Some("service")
    );
}

#[tokio::test]
async fn an_excluded_path_believes_no_more_than_the_others() {
    let service = testing::service("api", &Recorder::default());
    let seen = || async {
        let known = throughline_telemetry::propagation::baggage("tenant");
        known.unwrap_or_else(|| "nobody".to_owned())
    };
    let routes = Router::new().route("/health", get(seen));
    let config = Config {
        trust: Trust::Ignore,
        ..Config::default()
    };
    let router = service.scope(async { http_server::wrap_with(routes, config) });
    let mut request = request("/health");
    let baggage = "tenant=evil".parse().unwrap();
    request.headers_mut().insert("baggage", baggage);
    let response = router.await.oneshot(request).await.unwrap();
    let body = axum::body::to_bytes(response.into_body(), 64)
        .await
        .unwrap();
    assert_eq!(body, "nobody");
}

/// A proxy that copies headers may announce nothing and stream it.
#[tokio::test]
async fn an_announced_nothing_is_a_finished_response() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let nothing = || async {
        let body = Body::from_stream(futures::stream::empty::<Result<Bytes, std::io::Error>>());
        ([(header::CONTENT_LENGTH, "0")], body)
    };
    let router = wrapped(&service, Router::new().route("/", get(nothing))).await;
    drop(router.oneshot(request("/")).await.unwrap());
    let span = recorder.find("GET /").unwrap();
    assert_eq!(span.attribute("kit.cancelled"), None);
}

#[tokio::test]
async fn a_strangers_headers_are_kept_up_to_a_length() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let router = wrapped(&service, Router::new().route("/", get(|| async { "" }))).await;
    let mut request = request("/");
    let agent = "x".repeat(50_000).parse().unwrap();
    request.headers_mut().insert("user-agent", agent);
    router.oneshot(request).await.unwrap();
    let span = recorder.find("GET /").unwrap();
    assert_eq!(
        span.attribute(names::USER_AGENT_ORIGINAL).unwrap().len(),
        256
    );
}
