//! `GET /metrics`, for Prometheus.

use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::kit;

/// A handler that answers with the service's metrics in Prometheus' text format; with an empty answer when there are
/// none. The path `/metrics` is not traced by default.
///
/// ```
/// use axum::{Router, routing::get};
/// use throughline_telemetry::http_server;
///
/// let app = Router::new().route("/metrics", get(http_server::metrics));
/// let app: Router = http_server::wrap(app);
/// ```
pub async fn metrics() -> Response {
    let kit = kit::current();
    let text = kit.metrics.as_ref().map(|metrics| metrics.prometheus());
    let kind = (
        header::CONTENT_TYPE,
        "text/plain; version=0.0.4; charset=utf-8",
    );
    ([kind], text.unwrap_or_default()).into_response()
}
