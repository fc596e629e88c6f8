//! Complete OpenTelemetry tracing for a Rust service in one line.
//!
//! `init` reads the environment, sends spans by OTLP/HTTP and writes JSON log lines that carry the trace's
//! id. The edges of a service get their spans from the modules here; inside, `#[tracing::instrument]` and
//! `tracing::info_span!` nest under them.
//!
//! ```no_run
//! use axum::{Router, routing::get};
//! use throughline_telemetry::http_server;
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let telemetry = throughline_telemetry::init("lessons-api")?;
//!     let app = Router::new().route("/lessons/{id}", get(|| async { "a lesson" }));
//!     let app = http_server::wrap(app); // last: it has to see every route and every answer
//!     let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
//!     axum::serve(listener, app).await?;
//!     telemetry.shutdown(std::time::Duration::from_secs(5)).await;
//!     Ok(())
//! }
//! ```
//!
//! Recording is on when `ENABLE_OTEL` is `1`, `true`, `yes`, `y` or `on`. Off, or with the store gone, the
//! program runs the same: contexts and request ids are still passed on.
//!
//! What is absent: personal data. No attribute holds an argument, a parameter of a query, an
//! error's message, a client's address, or a URL's path and query: paths appear as templates.
#![cfg_attr(
    not(all(
        feature = "axum",
        feature = "reqwest",
        feature = "sqlx",
        feature = "redis",
        feature = "mcp"
    )),
    allow(
        dead_code,
        reason = "the edges share names; with fewer edges some are unused"
    )
)]

/// Attribute names.
mod attrs;
/// What time it is.
mod clock;
/// Settings from the environment.
pub mod config;
/// Trace id and request id.
mod context;
/// Spans of the program's own.
mod custom;
/// What is wrong with a service's telemetry, said in words.
pub mod doctor;
/// From an ended span to an OTLP request.
mod export;
/// Which internal spans are recorded.
mod filter;
/// Outbound HTTP: CLIENT spans and the headers that continue the trace.
#[cfg(feature = "reqwest")]
pub mod http_client;
/// Inbound HTTP: SERVER spans and the ids on every response.
pub mod http_server;
/// Start, shutdown, and what happens to both when something is wrong.
mod init;
/// Background jobs: the trace goes with the job.
pub mod jobs;
/// One service: its tracer and its propagator.
mod kit;
/// JSON log lines.
mod logs;
/// MCP servers: a span for every request, and bearer tokens.
#[cfg(feature = "mcp")]
pub mod mcp;
/// What the edges measure.
mod metrics;
/// No personal data in telemetry: the guard around the exporters of spans and log records.
pub mod privacy;
/// Across process boundaries: W3C Trace Context, Baggage, B3; child processes; whom an edge trusts.
pub mod propagation;
/// Redis: CLIENT spans that say which command was sent, not with which keys.
#[cfg(feature = "redis")]
pub mod redis;
/// Schedules: one trace for every tick.
pub mod scheduler;
/// The server that a database's spans name.
mod server;
/// SIGTERM and Ctrl-C.
mod signals;
/// Spans at the edges.
mod span;
/// Work that leaves the running task and keeps its trace.
mod spawn;
/// SQL: CLIENT spans that say what was asked, not with which values.
#[cfg(feature = "sqlx")]
pub mod sql;
/// Services that record into memory, for tests.
pub mod testing;

pub use config::Config;
pub use context::{request_id, trace_id};
pub use custom::{NewSpan, fail, in_span, in_span_blocking, record, span};
pub use export::Counts;
pub use init::{InitError, Telemetry, init, start};
pub use signals::asked_to_end;
pub use spawn::{
    Carried, carry, in_context, in_context_blocking, spawn, spawn_blocking, spawn_local,
    spawn_thread,
};

// One OpenTelemetry in the program: a second version would have its own globals and record nothing.
pub use {opentelemetry, opentelemetry_sdk, tracing_opentelemetry};
