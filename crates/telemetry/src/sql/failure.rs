//! What went wrong, by the database's code or the kind of failure on the way to it. Messages hold values
//! and are not recorded.

use opentelemetry::Value;

use crate::attrs;
use crate::metrics::Timer;
use crate::span::EdgeSpan;

/// Marks the span and the measurement as failed, except by `RowNotFound`, which is an answer.
pub(super) fn record(span: Option<&EdgeSpan>, timer: &mut Timer, error: Option<&sqlx::Error>) {
    let Some(error) = error.filter(|error| !matches!(error, sqlx::Error::RowNotFound)) else {
        return;
    };
    // SQLSTATE, or SQLite's extended result code.
    let code = error.as_database_error().and_then(|refused| refused.code());
    let called: Value = match &code {
        Some(code) => code.to_string().into(),
        None => kind(error).into(),
    };
    timer.fail(called.clone());
    let Some(span) = span else {
        return;
    };
    if code.is_some() {
        span.set(attrs::DB_RESPONSE_STATUS_CODE, called.clone());
    }
    span.fail(called);
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
