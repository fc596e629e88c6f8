//! What went wrong, by the name the server gives it, or by the kind of failure on the way to it. Messages
//! hold keys and are not recorded.

use redis::{ErrorKind, RedisError, Value};

use crate::attrs;
use crate::metrics::Timer;
use crate::span::EdgeSpan;

/// The codes that Redis answers with. A script may answer with any word, which then is not shown.
const CODES: [&str; 28] = [
    "ASK",
    "BUSY",
    "BUSYGROUP",
    "BUSYKEY",
    "CLUSTERDOWN",
    "CROSSSLOT",
    "DENIED",
    "ERR",
    "EXECABORT",
    "INPROG",
    "IOERR",
    "LOADING",
    "MASTERDOWN",
    "MISCONF",
    "MOVED",
    "NOAUTH",
    "NOGROUP",
    "NOPERM",
    "NOPROTO",
    "NOREPLICAS",
    "NOSCRIPT",
    "NOTBUSY",
    "OOM",
    "READONLY",
    "TRYAGAIN",
    "UNKILLABLE",
    "WRONGPASS",
    "WRONGTYPE",
];
const OTHER: &str = "_OTHER";

/// What an error of Redis is called in `error.type`, for [`jobs::enqueue`](crate::jobs::enqueue) and its
/// like: the server's code, or the kind of failure.
pub fn kind(error: &RedisError) -> &'static str {
    if let Some(code) = error.code() {
        return known(code);
    }
    match error.kind() {
        ErrorKind::Io if error.is_timeout() => "timeout",
        ErrorKind::Io if error.is_connection_refusal() => "connection_refused",
        ErrorKind::Io => "io",
        ErrorKind::Parse => "parse",
        ErrorKind::AuthenticationFailed => "authentication_failed",
        ErrorKind::UnexpectedReturnType => "unexpected_return_type",
        ErrorKind::InvalidClientConfig => "invalid_client_config",
        ErrorKind::Client => "client",
        ErrorKind::ClusterConnectionNotFound => "cluster_connection_not_found",
        _ => OTHER,
    }
}

/// Marks span and measurement as failed when the request did not get there, or the server refused a part of it.
pub(super) fn record(span: &EdgeSpan, timer: &mut Timer, result: Result<&[Value], &RedisError>) {
    let (kind, by_server) = match result {
        Ok(values) => match refused(values) {
            Some(code) => (code, true),
            None => return,
        },
        Err(error) => (kind(error), error.code().is_some()),
    };
    if by_server {
        span.set(attrs::DB_RESPONSE_STATUS_CODE, kind);
    }
    span.fail(kind);
    timer.fail(kind);
}

/// The code of the first refusal. Answers of a transaction are in one array.
fn refused(values: &[Value]) -> Option<&'static str> {
    values.iter().find_map(|value| match value {
        Value::ServerError(error) => Some(known(error.code())),
        Value::Array(inner) => inner.iter().find_map(|value| match value {
            Value::ServerError(error) => Some(known(error.code())),
            _ => None,
        }),
        _ => None,
    })
}

fn known(code: &str) -> &'static str {
    CODES
        .into_iter()
        .find(|known| *known == code)
        .unwrap_or(OTHER)
}
