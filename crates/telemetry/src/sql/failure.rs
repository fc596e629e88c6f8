//! What went wrong, by the database's code or the kind of failure on the way to it. Messages hold values
//! and are not recorded.

use crate::attrs;
use crate::span::EdgeSpan;

pub(super) fn record(span: &EdgeSpan, error: &sqlx::Error) {
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
