//! The service that is measured: one route with a template, and a health check.

use std::time::Duration;

use axum::Router;
use axum::routing::get;

/// `annotate` runs in the handler of the lesson, inside the span of its request. `work` is how long the
/// handler waits for what would be its database.
pub(crate) fn router<F>(annotate: F, work: Duration) -> Router
where
    F: Fn() + Clone + Send + Sync + 'static,
{
    let lesson = move || {
        let annotate = annotate.clone();
        async move {
            annotate();
            if !work.is_zero() {
                tokio::time::sleep(work).await;
            }
            "a lesson"
        }
    };
    Router::new()
        .route("/lessons/{id}", get(lesson))
        .route("/health", get(|| async { "ok" }))
}
