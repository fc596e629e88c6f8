//! One connection, from its first byte to its end.

use super::Protocol;
use crate::config::Limits;
use axum::Router;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::Watcher;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::net::TcpStream;
use tower::Service;

/// Streams that a client reset and we have not yet noticed: more is an attack (CVE-2023-44487).
const RESET_STREAMS_MAX: usize = 20;
const KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(20);
const KEEP_ALIVE_TIMEOUT: Duration = Duration::from_secs(20);

/// The protocol's limits and timers.
pub(super) fn builder(protocol: Protocol, limits: &Limits) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_read_max)
        .max_buf_size((limits.header_bytes_max as usize).max(8 << 10));
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(limits.streams_max)
        .max_header_list_size(limits.header_bytes_max)
        .max_pending_accept_reset_streams(RESET_STREAMS_MAX)
        .max_local_error_reset_streams(RESET_STREAMS_MAX)
        .keep_alive_interval(KEEP_ALIVE_INTERVAL)
        .keep_alive_timeout(KEEP_ALIVE_TIMEOUT)
        .initial_stream_window_size(1 << 20)
        .initial_connection_window_size(4 << 20);
    match protocol {
        Protocol::Http => builder,
        Protocol::Http2 => builder.http2_only(),
    }
}

/// Serves one connection to its end. Who has sent no request within `first_request_max` is shown out:
/// hyper's own timers start only when the protocol is known.
pub(super) async fn serve(
    builder: Builder<TokioExecutor>,
    stream: TcpStream,
    app: Router,
    first_request_max: Duration,
    watcher: Watcher,
) {
    let greeted = Arc::new(AtomicBool::new(false));
    let service = service_fn({
        let greeted = Arc::clone(&greeted);
        move |request: http::Request<Incoming>| {
            greeted.store(true, Ordering::Relaxed);
            // A router is always ready; its clone is a reference count.
            app.clone().call(request)
        }
    });
    let connection = builder
        .serve_connection(TokioIo::new(stream), service)
        .into_owned();
    let served = watcher.watch(connection);
    tokio::select! {
        ended = served => {
            if let Err(error) = ended {
                tracing::debug!(error, "a connection ended early");
            }
        }
        () = silent(greeted, first_request_max) => tracing::debug!("a connection sent no request"),
    }
}

/// Ends when no request came in time; never, when one did.
async fn silent(greeted: Arc<AtomicBool>, first_request_max: Duration) {
    tokio::time::sleep(first_request_max).await;
    if greeted.load(Ordering::Relaxed) {
        std::future::pending::<()>().await;
    }
}
