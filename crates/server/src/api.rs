//! HTTP for people and programs: queries, traces, datasets, the console. The only place, with the command
//! line, that knows JSON.

use crate::config::{Config, Limits};
use crate::ingest as doors;
use crate::net::Traffic;
use crate::query::{Engine, Outlines, Sight, Turn};
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use control::{Caller, Control, Refused};
use http::{HeaderValue, StatusCode, header};
use model::{Clock, ErrorKind};
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use store::Store;
use tower_http::compression::CompressionLayer;

/// One value of a result, as JSON.
mod cell;
/// The console's files.
mod console;
/// Datasets: made, listed, described, deleted.
mod datasets;
/// What an editor asks of a text: what could be written, and what is wrong.
mod editor;
/// Errors as JSON.
mod error;
/// The fields of datasets.
mod fields;
/// Events.
mod ingest;
/// The JSON body of a request.
mod json;
/// Axiom's legacy answer.
mod legacy;
/// What the console needs to know at its start.
mod meta;
/// The server's own counters, as Prometheus reads them.
mod metrics;
/// Every route, described.
mod openapi;
/// Queries in APL, answered as Axiom answers them.
mod queries;
/// Annotations, virtual fields, saved queries.
mod records;
/// The ids of a result's rows, and its cursors.
mod row_ids;
/// Queries in SQL, and plans in words.
mod sql;
/// Queries as a tree of filters.
mod structured;
/// Axiom's tabular answer.
mod tabular;
/// Tokens.
mod tokens;
/// One trace, whole.
mod trace;
/// Who asks.
mod users;

/// An object store that has not taken the log for so long is away, or refuses for good.
const LOG_WAITS_MAX: Duration = Duration::from_secs(10);

/// What every route may use.
#[derive(Clone, Debug)]
pub(crate) struct Api {
    pub(crate) store: Arc<Store>,
    pub(crate) engine: Arc<Engine>,
    pub(crate) outlines: Arc<Outlines>,
    pub(crate) control: Arc<Control>,
    pub(crate) retention: Arc<Retention>,
    pub(crate) clock: Clock,
    pub(crate) limits: Arc<Limits>,
    pub(crate) otlp: doors::http::Door,
    pub(crate) traffic: Arc<Traffic>,
    pub(crate) otlp_http: SocketAddr,
    pub(crate) otlp_grpc: SocketAddr,
}

/// How long rows are kept.
#[derive(Clone, Debug)]
pub(crate) struct Retention {
    pub(crate) usual: Duration,
    /// Of single datasets, by their name.
    pub(crate) others: BTreeMap<String, Duration>,
}

impl Retention {
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            usual: config.retention,
            others: config.retention_of.clone(),
        }
    }

    fn of(&self, dataset: &str) -> Duration {
        self.others.get(dataset).copied().unwrap_or(self.usual)
    }
}

impl Api {
    /// What a caller may see of the datasets.
    fn sight(&self, caller: Caller) -> Sight {
        Sight {
            store: Arc::clone(&self.store),
            control: Arc::clone(&self.control),
            caller,
            behind: None,
        }
    }

    /// A turn of the queries. A query may read nothing and work all the same: it is for those who may query.
    async fn turn(&self, caller: &Caller) -> Result<Turn<'_>, error::Error> {
        check_queries(caller)?;
        Ok(self.engine.turn().await?)
    }
}

/// Whether a caller may know how the whole server does: who may see all datasets, or query them.
fn check_whole(caller: &Caller) -> Result<(), error::Error> {
    const ALL: &str = "*";
    if caller.may(datasets::RESOURCE, "read") || caller.may_query(ALL) {
        return Ok(());
    }
    Err(error::Error::denied("read counters of the whole server"))
}

/// Whether a caller may query any dataset.
fn check_queries(caller: &Caller) -> Result<(), error::Error> {
    if caller.may_query_any() {
        return Ok(());
    }
    Err(error::Error::denied("query any dataset"))
}

/// All routes of the console's port, without its OTLP path (see [`with_otlp`]).
pub(crate) fn router(api: Api) -> Router {
    let of_spans = Router::new()
        .route("/v1/datasets/_apl", post(queries::run))
        .route("/v1/query/_apl", post(queries::run))
        .merge(of_datasets())
        .route("/api/v1/sql", post(sql::run))
        .route("/api/v1/explain", post(sql::explain))
        .route("/api/v1/meta", get(meta::show))
        .route("/api/v1/apl/complete", post(editor::complete))
        .route("/api/v1/apl/diagnose", post(editor::diagnose))
        .route("/api/v1/traces/{trace_id}", get(trace::show))
        .route_layer(middleware::from_fn_with_state(api.clone(), once_replayed));
    let for_callers = Router::new()
        .merge(of_spans)
        .merge(of_control())
        .route("/metrics", get(metrics::show))
        .route_layer(middleware::from_fn_with_state(api.clone(), admit));
    let for_senders = Router::new()
        .route("/v1/datasets/{name}/ingest", post(ingest::run))
        .route("/v1/ingest/{name}", post(ingest::run))
        .route_layer(middleware::from_fn_with_state(api.clone(), admit_to_send));
    Router::new()
        .merge(for_callers)
        .merge(for_senders)
        .route("/healthz", get(health))
        .route("/api/v1/openapi.json", get(openapi::show))
        .fallback(console::file)
        .method_not_allowed_fallback(error::method_not_allowed)
        .with_state(api)
        .layer(CompressionLayer::new())
        .layer(middleware::map_response(guard))
}

/// Datasets, by either version of Axiom's API.
fn of_datasets() -> Router<Api> {
    let list = || get(datasets::list).post(datasets::create);
    let one = || {
        get(datasets::show)
            .put(datasets::update)
            .delete(datasets::delete)
    };
    Router::new()
        .route("/v1/datasets", list())
        .route("/v2/datasets", list())
        .route("/v1/datasets/_fields", get(fields::of_all))
        .route("/v1/datasets/{name}", one())
        .route("/v2/datasets/{name}", one())
        .route("/v1/datasets/{name}/info", get(datasets::details))
        .route("/v1/datasets/{name}/query", post(structured::run))
        .route("/v1/datasets/{name}/trim", post(datasets::trim))
        .route("/v2/datasets/{name}/trim", post(datasets::trim))
        .route("/v2/datasets/{name}/fields", get(fields::of_one))
        .route("/v2/datasets/{name}/fields/{field}", get(fields::one))
        .route("/v2/datasets/{name}/mapfields", get(fields::maps))
}

/// What is kept in the control data.
fn of_control() -> Router<Api> {
    Router::new()
        .route("/v1/user", get(users::current))
        .route("/v2/user", get(users::current))
        .route("/v2/users", get(users::list))
        .route("/v2/users/{id}", get(users::show))
        .route("/v2/tokens", get(tokens::list).post(tokens::create))
        .route("/v2/tokens/{id}", get(tokens::show).delete(tokens::revoke))
        .route("/v2/tokens/{id}/regenerate", post(tokens::regenerate))
        .merge(records::routes())
}

/// Who asks is known from here on: anybody on a server without tokens, else whoever a token was given to.
async fn admit(State(api): State<Api>, request: Request, next: Next) -> Response {
    let caller = api.control.admit(presented(&request));
    with_caller(caller, request, next).await
}

/// The same where nothing can be done but to send.
async fn admit_to_send(State(api): State<Api>, request: Request, next: Next) -> Response {
    let caller = api.control.admit_to_send(presented(&request));
    with_caller(caller, request, next).await
}

fn presented(request: &Request) -> Option<&str> {
    let presented = request.headers().get(header::AUTHORIZATION);
    presented.and_then(|value| value.to_str().ok())
}

async fn with_caller(
    caller: Result<Caller, Refused>,
    mut request: Request,
    next: Next,
) -> Response {
    match caller {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(refused) => error::Error::from(refused).into_response(),
    }
}

/// Whether spans can be acknowledged.
///
/// After a failed write of the log they never can in this process; when
/// the disk or the log is full, they can again later. Queries are answered all the while. It needs no token.
#[utoipa::path(
    get,
    path = "/healthz",
    operation_id = "health",
    tag = "server",
    security(()),
    responses(
        (status = 200, description = "They can. The text begins with `ok`, and says what else there is to know.", body = String),
        (status = 503, description = "They cannot; the text says why.", body = String),
    ),
)]
async fn health(State(api): State<Api>) -> Response {
    if api.store.failed() {
        let message = "the log stopped at a failed write\n";
        return (StatusCode::SERVICE_UNAVAILABLE, message).into_response();
    }
    if log_waits(&api) {
        let seconds = api.store.log_waits().as_secs();
        let message = format!(
            "spans are not acknowledged: the object store has not taken the log for {seconds} s; the server's log says why\n"
        );
        return (StatusCode::SERVICE_UNAVAILABLE, message).into_response();
    }
    match api.otlp.ingest.check_open() {
        Ok(()) if api.store.stats().replaying => {
            let message = format!("ok; queries wait: {}\n", replaying(&api));
            message.into_response()
        }
        Ok(()) => format!("ok{}{}", unsure(&api), damage(&api)).into_response(),
        Err(refusal) => {
            let message = format!("spans are refused: {}\n", refusal.message);
            (StatusCode::SERVICE_UNAVAILABLE, message).into_response()
        }
    }
}

/// Whether nothing is acknowledged, since the object store does not take the log.
fn log_waits(api: &Api) -> bool {
    api.store.log_waits() >= LOG_WAITS_MAX
}

/// What is sent is taken all the same.
fn unsure(api: &Api) -> &'static str {
    match api.control.is_unsure() {
        true => {
            "; the database of tokens does not answer: known tokens may send, queries and changes are refused"
        }
        false => "",
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
pub(crate) fn with_otlp(routes: Router, door: doors::http::Door) -> Router {
    let divert = move |request: Request, next: Next| {
        let door = door.clone();
        async move {
            if doors::http::is_export(&request) {
                doors::http::export(axum::extract::State(door), request).await
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
