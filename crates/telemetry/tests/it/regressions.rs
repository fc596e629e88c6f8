//! The four bugs of the system that this kit replaces. None may come back. Each is a check that the wiring of old
//! fails, here as it would be written in Rust, and the kit's passes.

use std::cell::Cell;
use std::sync::LazyLock;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::HeaderValue;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::get;
use throughline_telemetry::opentelemetry::Context;
use throughline_telemetry::opentelemetry::trace::{
    FutureExt as _, TraceContextExt, Tracer, TracerProvider,
};
use throughline_telemetry::opentelemetry_sdk::trace::SdkTracerProvider;
use throughline_telemetry::testing::{self, Recorder};
use throughline_telemetry::{Config, Telemetry, http_server};
use tower::ServiceExt;

async fn ask(router: &Router, path: &str) -> Response {
    let request = Request::get(path).body(Body::empty()).unwrap();
    router.clone().oneshot(request).await.unwrap()
}

/// The wiring of old: a middleware that makes a span, runs what is below it, and writes the header from the context
/// that is current when the answer is there.
async fn naive(provider: SdkTracerProvider, request: Request, next: Next) -> Response {
    let name = format!("GET {}", request.uri().path());
    let span = provider.tracer("naive").start(name);
    let cx = Context::current_with_span(span);
    let mut response = next.run(request).with_context(cx).await;
    let current = Context::current().span().span_context().clone();
    if current.is_valid() {
        let id = HeaderValue::from_str(&current.trace_id().to_string()).unwrap();
        response.headers_mut().insert("x-trace-id", id);
    }
    response
}

/// `router` under the naive middleware, whose spans `recorder` keeps.
fn naively(recorder: &Recorder, router: Router) -> Router {
    let provider = testing::provider("api", recorder);
    router.layer(from_fn(move |request, next| {
        naive(provider.clone(), request, next)
    }))
}

async fn with_the_kit(service: &Telemetry, router: Router) -> Router {
    service.scope(async { http_server::wrap(router) }).await
}

/// The flag was read when a module was imported; tracing turned on later logged the trace id 0.
#[test]
fn the_flag_is_read_when_it_is_asked_for() {
    thread_local!(static FLAG: Cell<Option<&'static str>> = const { Cell::new(None) });
    static CACHED: LazyLock<bool> = LazyLock::new(|| FLAG.get().is_some());
    fn follows_the_flag(is_on: impl Fn() -> bool) -> bool {
        [None, Some("true"), None].into_iter().all(|flag| {
            FLAG.set(flag);
            is_on() == flag.is_some()
        })
    }
    assert!(!follows_the_flag(|| *CACHED), "the check cannot fail");
    let lookup = |name: &str| {
        let flag = FLAG.get().filter(|_| name == "ENABLE_OTEL");
        flag.map(str::to_owned)
    };
    assert!(follows_the_flag(
        || Config::from_lookup("api", &lookup).enabled
    ));
}

/// A middleware ran the handler in another task, the context was gone, and so was the header.
#[tokio::test]
async fn the_header_survives_a_middleware_that_loses_the_context() {
    async fn elsewhere(request: Request, next: Next) -> Response {
        tokio::spawn(next.run(request)).await.unwrap()
    }
    async fn has_the_header(recorder: &Recorder, router: &Router) -> bool {
        let response = ask(router, "/lost").await;
        let span = recorder.find("GET /lost").unwrap().data.span_context;
        response
            .headers()
            .get("x-trace-id")
            .is_some_and(|id| *id == span.trace_id().to_string())
    }
    let routes = || {
        let routes = Router::new().route("/lost", get(|| async { "" }));
        routes.layer(from_fn(elsewhere))
    };
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let old = naively(&recorder, routes());
    assert!(
        !has_the_header(&recorder, &old).await,
        "the check cannot fail"
    );
    recorder.clear();
    let router = with_the_kit(&service, routes()).await;
    assert!(has_the_header(&recorder, &router).await);
}

/// The middleware stack was built before instrumentation was switched on, and stayed untraced.
/// `child::a_process_with_tracing_on` wraps its router before `init`; here routes are added afterwards, and
/// the second wrapping covers them without tracing the first ones twice.
#[tokio::test]
async fn what_is_added_after_wrapping_is_covered_by_wrapping_again() {
    async fn spans(recorder: &Recorder, router: &Router) -> String {
        for path in ["/early", "/late", "/neither"] {
            ask(router, path).await;
        }
        let tree = recorder.tree();
        recorder.clear();
        tree
    }
    let early = || Router::new().route("/early", get(|| async { "" }));
    let late = |router: Router| {
        let router = router.route("/late", get(|| async { "" }));
        router.fallback(|| async { "none" })
    };
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let once = late(naively(&recorder, early()));
    assert!(!spans(&recorder, &once).await.contains("/late"));
    let twice = naively(&recorder, late(naively(&recorder, early())));
    assert_eq!(spans(&recorder, &twice).await.matches("/early").count(), 2);
    let wrapped = with_the_kit(&service, early()).await;
    let router = with_the_kit(&service, late(wrapped)).await;
    assert_eq!(
        spans(&recorder, &router).await,
        "api SERVER GET /early\napi SERVER GET /late\napi SERVER GET\n"
    );
}

/// Two instrumentations of one thing made two spans for it.
#[tokio::test]
async fn instrumenting_twice_is_instrumenting_once() {
    let routes = || Router::new().route("/once", get(|| async { "" }));
    let recorder = Recorder::default();
    let service = testing::service("api", &recorder);
    let old = naively(&recorder, naively(&recorder, routes()));
    ask(&old, "/once").await;
    assert_eq!(recorder.spans().len(), 2, "the check cannot fail");
    recorder.clear();
    let once = with_the_kit(&service, routes()).await;
    let router = with_the_kit(&service, once).await;
    let response = ask(&router, "/once").await;
    assert_eq!(recorder.tree(), "api SERVER GET /once\n");
    let timings = response.headers().get_all("server-timing");
    assert_eq!(timings.iter().count(), 1);
}
