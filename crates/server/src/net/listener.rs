//! A bound address and its accept loop. No error of `accept` ends the loop: when file descriptors run
//! out it waits for some to come back.

use super::connection;
use crate::config::Limits;
use axum::Router;
use hyper_util::server::graceful::GracefulShutdown;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

/// Pause after an error of `accept` that is the machine's and not one client's.
const ACCEPT_RETRY: Duration = Duration::from_millis(50);

/// What a listener speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// HTTP/1.1, or HTTP/2 without TLS when the client begins with it.
    Http,
    /// HTTP/2 without TLS, which gRPC needs.
    Http2,
}

/// A bound address that does not accept yet.
#[derive(Debug)]
pub(crate) struct Listener {
    socket: TcpListener,
    address: SocketAddr,
}

impl Listener {
    pub(crate) async fn bind(address: SocketAddr) -> io::Result<Self> {
        let socket = TcpListener::bind(address).await?;
        let address = socket.local_addr()?;
        Ok(Self { socket, address })
    }

    /// With the port that the system chose, where 0 was asked for.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves `app` until `stop` turns true; then accepts no more and finishes the requests it has, for
    /// at most `limits.drain_max`.
    pub(crate) async fn serve(
        self,
        app: Router,
        protocol: Protocol,
        limits: Arc<Limits>,
        mut stop: watch::Receiver<bool>,
    ) {
        let builder = connection::builder(protocol, &limits);
        let open = GracefulShutdown::new();
        let slots = Arc::new(Semaphore::new(limits.connections_max));
        loop {
            let (stream, slot) = tokio::select! {
                _ = stop.wait_for(|stop| *stop) => break,
                accepted = accept(&self.socket, &slots) => accepted,
            };
            let serving = connection::serve(
                builder.clone(),
                stream,
                app.clone(),
                limits.first_request_max,
                open.watcher(),
            );
            tokio::spawn(async move {
                serving.await;
                drop(slot);
            });
        }
        drop(self.socket);
        if tokio::time::timeout(limits.drain_max, open.shutdown())
            .await
            .is_err()
        {
            tracing::warn!(address = %self.address, "connections were still busy when time to drain ran out");
        }
    }
}

/// The next connection, with its slot.
async fn accept(
    socket: &TcpListener,
    slots: &Arc<Semaphore>,
) -> (TcpStream, Option<OwnedSemaphorePermit>) {
    // The semaphore is never closed, so that there always is a permit in the end.
    let slot = Arc::clone(slots).acquire_owned().await.ok();
    loop {
        match socket.accept().await {
            Ok((stream, _peer)) => {
                // A failure leaves Nagle's delay on, nothing worse.
                let _ = stream.set_nodelay(true);
                return (stream, slot);
            }
            Err(error) if is_of_one_client(&error) => {}
            Err(error) => {
                tracing::warn!(%error, "could not accept a connection; trying again");
                tokio::time::sleep(ACCEPT_RETRY).await;
            }
        }
    }
}

fn is_of_one_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}
