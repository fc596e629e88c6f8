//! SQL queries as CLIENT spans. The caller gives a summary of few variations, such as `SELECT slots`; the
//! text of the query and its parameters are not recorded.

use std::future::Future;

use opentelemetry::trace::{SpanKind, TraceContextExt};
use opentelemetry::{Context, KeyValue};

use crate::span::{EdgeSpan, Start};
use crate::{attrs, kit};

/// A database that queries go to. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Database {
    system: &'static str,
    namespace: String,
}

impl Database {
    /// `system` is OpenTelemetry's name of it (`sqlite`, `postgresql`); `namespace` the database's own.
    pub fn new(system: &'static str, namespace: impl Into<String>) -> Self {
        Self {
            system,
            namespace: namespace.into(),
        }
    }

    /// Runs a query, or anything that comes down to one, under a span named `summary`. It covers waiting
    /// for a connection, the query and fetching its rows.
    ///
    /// Without an active span there is none: a poller would make a trace out of every empty look.
    ///
    /// ```no_run
    /// # async fn slots(pool: sqlx::SqlitePool) -> Result<(), sqlx::Error> {
    /// let db = throughline_telemetry::sql::Database::new("sqlite", "marketplace.db");
    /// let slots: Vec<(i64,)> =
    ///     db.query("SELECT slots", sqlx::query_as("SELECT id FROM slots").fetch_all(&pool)).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Those of `query`, unchanged. They mark the span as failed, except `RowNotFound`, which is an
    /// answer.
    pub async fn query<T, F>(&self, summary: &'static str, query: F) -> Result<T, sqlx::Error>
    where
        F: Future<Output = Result<T, sqlx::Error>>,
    {
        let parent = Context::current();
        if !parent.span().span_context().is_valid() {
            return query.await;
        }
        let start = Start {
            name: summary.into(),
            kind: SpanKind::Client,
            attributes: vec![
                KeyValue::new(attrs::DB_SYSTEM_NAME, self.system),
                KeyValue::new(attrs::DB_NAMESPACE, self.namespace.clone()),
                KeyValue::new(attrs::DB_QUERY_SUMMARY, summary),
            ],
            links: Vec::new(),
        };
        let span = EdgeSpan::start(&kit::current(), start, &parent);
        let (span, result) = span.run(query).await;
        if let Err(error) = &result {
            record(&span, error);
        }
        span.end();
        result
    }
}

fn record(span: &EdgeSpan, error: &sqlx::Error) {
    // SQLSTATE, or SQLite's extended result code.
    let code = error.as_database_error().and_then(|refused| refused.code());
    match code {
        Some(code) => {
            span.set(attrs::DB_RESPONSE_STATUS_CODE, code.to_string());
            span.fail(code.to_string());
        }
        None if matches!(error, sqlx::Error::RowNotFound) => {}
        None => span.fail(kind(error)),
    }
}

/// What an error of the database is called in `error.type` where its code does not matter, for
/// [`jobs::enqueue`](crate::jobs::enqueue) and its like.
pub fn kind(error: &sqlx::Error) -> &'static str {
    match error {
        sqlx::Error::Database(_) => "database",
        sqlx::Error::RowNotFound => "row_not_found",
        sqlx::Error::Io(_) => "io",
        sqlx::Error::Tls(_) => "tls",
        sqlx::Error::PoolTimedOut => "pool_timed_out",
        sqlx::Error::PoolClosed => "pool_closed",
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => "decode",
        sqlx::Error::Encode(_) => "encode",
        _ => "_OTHER",
    }
}
