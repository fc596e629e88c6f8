//! What the layer allocates, measured on the calling thread beside the same service without it.

use std::convert::Infallible;

use axum::body::Body;
use axum::http::{Request, Response};
use futures::FutureExt as _;
use throughline_telemetry::http_server::{self, Config};
use throughline_telemetry::testing::{self, Recorder};
use tower::{Layer, Service, service_fn};

/// Allocations of a request to `path`, response dropped, the request itself not counted.
fn of<S, B>(service: &mut S, path: &'static str) -> u64
where
    S: Service<Request<Body>, Response = Response<B>, Error = Infallible>,
{
    let mut least = u64::MAX;
    // The first ones fill what is used again later.
    for _ in 0..300 {
        let request = Request::get(path)
            .header("host", "lessons.example")
            .header("user-agent", "test/1")
            .body(Body::empty())
            .unwrap();
        let counted = allocation_counter::measure(|| {
            let response = service.call(request).now_or_never().unwrap().unwrap();
            drop(response);
        });
        least = least.min(counted.count_total);
    }
    least
}

#[tokio::test]
async fn a_request_that_is_not_recorded_costs_no_memory() {
    let telemetry = testing::service("api", &Recorder::default());
    let answer = |_: Request<Body>| async {
        let response = Response::builder().header("content-type", "text/plain");
        Ok::<_, Infallible>(response.body(Body::empty()).unwrap())
    };
    let mut bare = service_fn(answer);
    let layer = telemetry.scope(async { http_server::layer(Config::default()) });
    let mut traced = layer.await.layer(service_fn(answer));
    let alone = of(&mut bare, "/health");
    assert_eq!(
        of(&mut traced, "/health"),
        alone,
        "more than the service itself"
    );
    assert!(of(&mut traced, "/lessons") > alone, "a span needs some");
}
