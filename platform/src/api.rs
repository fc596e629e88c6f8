//! The student's door: HTTP and JSON over the verbs of `market`. One file a resource.

use axum::Router;
use axum::routing::{get, post};
use throughline_telemetry::{http_server, mcp};

use crate::market::Market;

/// Errors as JSON with the right status.
mod answer;
/// Made, seen, given up, reviewed.
mod bookings;
/// What comes in: bodies and query strings, refused in our own words.
mod extract;
/// Alive and ready.
mod health;
/// Who they are, when they are free, how they do.
mod instructors;
/// For operators: what waits, runs, is done or dead.
mod jobs;
/// Free text search.
mod lessons;
/// Paying, and giving money back.
mod payments;
/// What this is.
mod root;
/// Students.
mod users;

/// The whole API. Routes that are for operators only want one of `admin_tokens` as a bearer token.
pub fn router(market: Market, admin_tokens: Vec<String>) -> Router {
    let operator = Router::new()
        .route("/bookings", get(bookings::list))
        .route("/bookings/{id}/refund", post(payments::refund))
        .route("/jobs", get(jobs::list))
        .route("/jobs/{id}/retry", post(jobs::retry))
        .route_layer(mcp::bearer(admin_tokens));
    let router = Router::new()
        .route("/", get(root::show))
        .route("/health", get(health::alive))
        .route("/ready", get(health::ready))
        .route("/metrics", get(http_server::metrics))
        .route("/users", post(users::sign_up))
        .route("/users/{id}/bookings", get(users::bookings))
        .route("/instructors/{id}", get(instructors::show))
        .route("/instructors/{id}/slots", get(instructors::slots))
        .route("/instructors/{id}/stats", get(instructors::stats))
        .route("/lessons", get(lessons::search))
        .route("/bookings", post(bookings::create))
        .route("/bookings/{id}", get(bookings::show))
        .route("/bookings/{id}/cancel", post(bookings::cancel))
        .route("/bookings/{id}/review", post(bookings::review))
        .route("/bookings/{id}/pay", post(payments::pay))
        .merge(operator)
        .method_not_allowed_fallback(answer::wrong_method)
        .fallback(answer::wrong_path)
        .with_state(market);
    http_server::wrap(router)
}
