//! HTTP for people and programs: queries, traces, datasets, the console. The only place, with the command
//! line, that knows JSON.

use crate::config::Limits;
use crate::ingest;
use crate::net::Traffic;
use crate::query::Engine;
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use http::{HeaderValue, StatusCode, header};
use model::{Clock, ErrorKind};
use std::net::SocketAddr;
use std::sync::Arc;
use store::Store;
use tower_http::compression::CompressionLayer;

/// One value of a result, as JSON.
mod cell;
/// The console's files.
mod console;
/// The list of datasets.
mod datasets;
/// Errors as JSON.
mod error;
/// What the console needs to know at its start.
mod meta;
/// The server's own counters, as Prometheus reads them.
mod metrics;
/// Queries in APL, answered as Axiom answers them.
mod queries;
/// Axiom's tabular answer.
mod tabular;
/// One trace, whole.
mod trace;

/// What every route may use.
#[derive(Clone, Debug)]
pub(crate) struct Api {
    pub(crate) store: Arc<Store>,
    pub(crate) engine: Arc<Engine>,
    pub(crate) clock: Clock,
    pub(crate) limits: Arc<Limits>,
    pub(crate) otlp: ingest::http::Door,
    pub(crate) traffic: Arc<Traffic>,
    pub(crate) otlp_http: SocketAddr,
    pub(crate) otlp_grpc: SocketAddr,
}

/// All routes of the console's port, without its OTLP path (see [`with_otlp`]).
pub(crate) fn router(api: Api) -> Router {
    let of_spans = Router::new()
        .route("/v1/datasets/_apl", post(queries::run))
        .route("/v1/query/_apl", post(queries::run))
        .route("/v1/datasets", get(datasets::list))
        .route("/api/v1/meta", get(meta::show))
        .route("/api/v1/traces/{trace_id}", get(trace::show))
        .route_layer(middleware::from_fn_with_state(api.clone(), once_replayed));
    Router::new()
        .merge(of_spans)
        .route("/healthz", get(health))
        .route("/metrics", get(metrics::show))
        .fallback(console::file)
        .method_not_allowed_fallback(error::method_not_allowed)
        .with_state(api)
        .layer(CompressionLayer::new())
        .layer(middleware::map_response(guard))
}

/// Whether spans can be acknowledged. After a failed write of the log they never can in this process; when
/// the disk or the log is full, they can again later. Queries are answered all the while.
async fn health(State(api): State<Api>) -> Response {
    if api.store.failed() {
        let message = "the log stopped at a failed write\n";
        return (StatusCode::SERVICE_UNAVAILABLE, message).into_response();
    }
    match api.otlp.ingest.check_open() {
        Ok(()) if api.store.stats().replaying => {
            let message = format!("ok; queries wait: {}\n", replaying(&api));
            message.into_response()
        }
        Ok(()) => format!("ok{}", damage(&api)).into_response(),
        Err(refusal) => {
            let message = format!("spans are refused: {}\n", refusal.message);
            (StatusCode::SERVICE_UNAVAILABLE, message).into_response()
        }
    }
}

/// The rest of the store is served all the same: a health that fails would have the whole server taken away. Anybody may
/// ask, so no path is shown; the log has it.
fn damage(api: &Api) -> String {
    let found = api.store.damage();
    let Some(first) = found.first() else {
        return String::new();
    };
    let name = first.path.file_name().unwrap_or_default();
    format!(
        "; damaged files: {}; queries that need them are refused; first: {} ({}); {}\n",
        found.len(),
        name.display(),
        first.what,
        first.remedy
    )
}

/// What reads spans waits, no longer than a query may run, until the log is read back after a start.
async fn once_replayed(State(api): State<Api>, request: Request, next: Next) -> Response {
    let wait = tokio::time::timeout(api.limits.query_run_max, api.store.replayed());
    match wait.await {
        // A log that cannot be read back is for the route to tell of.
        Ok(_) => next.run(request).await,
        Err(_) => {
            let message = format!("{}; try again later", replaying(&api));
            error::Error::of(ErrorKind::Unavailable, message).into_response()
        }
    }
}

fn replaying(api: &Api) -> String {
    let stats = api.store.stats();
    format!(
        "the log is being read back after the start, record {} of {}",
        stats.replayed_seq, stats.replay_through_seq
    )
}

/// OTLP on the same port, in front of the other routes and outside of what traces them: a server that
/// traced the arrival of its own spans would never be quiet.
pub(crate) fn with_otlp(routes: Router, door: ingest::http::Door) -> Router {
    let divert = move |request: Request, next: Next| {
        let door = door.clone();
        async move {
            if ingest::http::is_export(&request) {
                ingest::http::export(axum::extract::State(door), request).await
            } else {
                next.run(request).await
            }
        }
    };
    Router::new()
        .fallback_service(routes)
        .layer(middleware::from_fn(divert))
}

/// Headers that keep a browser from doing more with an answer than it should. Spans are text that
/// anybody may have written.
async fn guard(mut response: Response) -> Response {
    const HEADERS: [(header::HeaderName, &str); 4] = [
        (
            header::CONTENT_SECURITY_POLICY,
            // Scripts and styles come from files only.
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    for (name, value) in HEADERS {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response.into_response()
}
