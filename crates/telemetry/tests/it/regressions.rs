//! The four bugs of the system that this kit replaces. None may come back.

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::get;
use throughline_telemetry::testing::{self, Recorder};
use throughline_telemetry::{Config, http_server};
use tower::ServiceExt;

fn request(path: &str) -> Request {
    Request::get(path).body(Body::empty()).unwrap()
}

/// The flag was read when a module was imported; tracing turned on later logged the trace id 0.
#[test]
fn the_flag_is_read_when_it_is_asked_for() {
    let flag = std::cell::Cell::new(None);
    let lookup = |name: &str| {
        flag.get()
            .filter(|_| name == "ENABLE_OTEL")
            .map(str::to_owned)
    };
    assert!(!Config::from_lookup("api", &lookup).enabled);
    flag.set(Some("true"));
    assert!(Config::from_lookup("api", &lookup).enabled);
    flag.set(None);
    assert!(!Config::from_lookup("api", &lookup).enabled);
}

/// A middleware ran the handler in another task, the context was gone, and so was the header.
#[tokio::test]
async fn the_header_survives_a_middleware_that_loses_the_context() {
    async fn elsewhere(request: Request, next: Next) -> Response {
        tokio::spawn(next.run(request)).await.unwrap()
    }
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let router = Router::new()
        .route("/lost", get(|| async { "" }))
        .layer(from_fn(elsewhere));
    let router = service.scope(async { http_server::wrap(router) }).await;
    let response = router.oneshot(request("/lost")).await.unwrap();
    let span = recorder.find("GET /lost").unwrap().data.span_context;
    assert_eq!(
        response.headers()["x-trace-id"],
        span.trace_id().to_string()
    );
}

/// The middleware stack was built before instrumentation was switched on, and stayed untraced.
/// `child::a_process_with_tracing_on` wraps its router before `init`; here routes are added afterwards, and
/// the second wrapping covers them.
#[tokio::test]
async fn what_is_added_after_wrapping_is_covered_by_wrapping_again() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let router = service.scope(async {
        let early = http_server::wrap(Router::new().route("/early", get(|| async { "" })));
        http_server::wrap(
            early
                .route("/late", get(|| async { "" }))
                .fallback(|| async { "none" }),
        )
    });
    let router = router.await;
    for path in ["/early", "/late", "/neither"] {
        let response = router.clone().oneshot(request(path)).await.unwrap();
        assert!(response.headers().contains_key("x-trace-id"), "{path}");
    }
    assert_eq!(
        recorder.tree(),
        "api SERVER GET /early\napi SERVER GET /late\napi SERVER GET\n"
    );
}

/// Two instrumentations of one thing made two spans for it.
#[tokio::test]
async fn instrumenting_twice_is_instrumenting_once() {
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let router = Router::new().route("/once", get(|| async { "" }));
    let router = service
        .scope(async { http_server::wrap(http_server::wrap(router)) })
        .await;
    let response = router.oneshot(request("/once")).await.unwrap();
    assert_eq!(recorder.tree(), "api SERVER GET /once\n");
    assert_eq!(
        response.headers().get_all("server-timing").iter().count(),
        1
    );
}
