//! One connection, from its first byte to its end.

use super::patience::{Patience, Verdict};
use super::pulse::{Counted, Pulse, Sent};
use super::{Protocol, Traffic};
use crate::config::Limits;
use axum::Router;
use http::{Request, Version};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, MissedTickBehavior};
use tower::Service;

/// Streams that a client reset and we have not yet noticed: more is an attack (CVE-2023-44487).
const RESET_STREAMS_MAX: usize = 20;
const KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(20);
const KEEP_ALIVE_TIMEOUT: Duration = Duration::from_secs(20);
/// What a client may send ahead before a request's reader takes it: it is memory that admission does not
/// see, so that all connections together have to fit.
const STREAM_WINDOW_BYTES: u32 = 64 << 10;
const CONNECTION_WINDOW_BYTES: u32 = 128 << 10;
/// Of answers that wait for a slow reader, for each stream.
const SEND_BUFFER_BYTES_MAX: usize = 64 << 10;

/// What all connections of a listener are to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Run,
    /// No more requests; those that it has are answered.
    Finish,
    HangUp,
}

/// The protocol's limits and timers.
pub(super) fn builder(protocol: Protocol, limits: &Limits) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        // It runs between requests, too; `patience` watches the head itself.
        .header_read_timeout(limits.connection_idle_max + limits.header_read_max)
        .max_buf_size((limits.header_bytes_max as usize).max(8 << 10));
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(limits.streams_max)
        .max_header_list_size(limits.header_bytes_max)
        .max_pending_accept_reset_streams(RESET_STREAMS_MAX)
        .max_local_error_reset_streams(RESET_STREAMS_MAX)
        .max_send_buf_size(SEND_BUFFER_BYTES_MAX)
        .keep_alive_interval(KEEP_ALIVE_INTERVAL)
        .keep_alive_timeout(KEEP_ALIVE_TIMEOUT)
        .initial_stream_window_size(STREAM_WINDOW_BYTES)
        .initial_connection_window_size(CONNECTION_WINDOW_BYTES);
    match protocol {
        Protocol::Http => builder,
        Protocol::Http2 => builder.http2_only(),
    }
}

/// Serves one connection to its end: its own, that of our patience, or that of the listener.
pub(super) async fn serve(
    builder: Builder<TokioExecutor>,
    stream: TcpStream,
    app: Router,
    mut patience: Patience,
    mut orders: watch::Receiver<Order>,
    traffic: &Traffic,
) {
    let pulse = Arc::new(Pulse::default());
    let service = service_fn({
        let pulse = Arc::clone(&pulse);
        move |request: Request<Incoming>| {
            let visit = pulse.begin(request.version() == Version::HTTP_2);
            // A router is always ready; its clone is a reference count.
            let answer = app.clone().call(request);
            async move {
                let answer = answer.await?;
                Ok::<_, std::convert::Infallible>(answer.map(|body| Sent {
                    body,
                    _visit: visit,
                }))
            }
        }
    });
    let socket = TokioIo::new(Counted::new(stream, Arc::clone(&pulse)));
    let mut connection = pin!(builder.serve_connection(socket, service));
    let mut ticks = tokio::time::interval(patience.tick());
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut order = *orders.borrow_and_update();
    loop {
        let verdict = match order {
            Order::HangUp => return,
            Order::Finish => Verdict::Finish,
            Order::Run => patience.judge(Instant::now(), pulse.beat()),
        };
        match verdict {
            Verdict::Keep => {}
            Verdict::Finish => {
                patience.finishes(Instant::now());
                connection.as_mut().graceful_shutdown();
            }
            Verdict::HangUp => {
                traffic.hung_up();
                return;
            }
        }
        order = tokio::select! {
            ended = connection.as_mut() => {
                if let Err(error) = ended {
                    tracing::debug!(error, "a connection ended early");
                }
                return;
            }
            // Without a listener there is nobody to serve for.
            changed = orders.changed() => match changed {
                Ok(()) => *orders.borrow_and_update(),
                Err(_) => Order::HangUp,
            },
            _ = ticks.tick() => Order::Run,
        };
    }
}
