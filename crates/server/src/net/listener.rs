//! A bound address and its accept loop. No error of `accept` ends the loop: when file descriptors run
//! out it waits for some to come back.

use super::connection::{self, Order};
use super::patience::Patience;
use super::peers::{Peers, Seat};
use super::traffic::Traffic;
use crate::config::Limits;
use axum::Router;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::timeout;

/// Pause after an error of `accept` that is the machine's and not one client's.
const ACCEPT_RETRY: Duration = Duration::from_millis(50);
/// For connections to end that are told to hang up.
const HANG_UP_MAX: Duration = Duration::from_secs(2);

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

/// An accepted connection with what it occupies.
struct Guest {
    stream: TcpStream,
    seat: Seat,
    slot: Option<OwnedSemaphorePermit>,
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
        traffic: Arc<Traffic>,
        mut stop: watch::Receiver<bool>,
    ) {
        let builder = connection::builder(protocol, &limits);
        let (order, orders) = watch::channel(Order::Run);
        let peers = Peers::new(limits.connections_per_address_max);
        let slots = Arc::new(Semaphore::new(limits.connections_max));
        for number in 0.. {
            let Guest { stream, seat, slot } = tokio::select! {
                _ = stop.wait_for(|stop| *stop) => break,
                guest = accept(&self.socket, &slots, &peers, &traffic) => guest,
            };
            let (builder, app, orders) = (builder.clone(), app.clone(), orders.clone());
            let patience = Patience::new(&limits, number);
            let traffic = Arc::clone(&traffic);
            traffic.accepted();
            tokio::spawn(async move {
                connection::serve(builder, stream, app, patience, orders, &traffic).await;
                traffic.ended();
                drop((seat, slot));
            });
        }
        drop(self.socket);
        // Every slot back: no connection left.
        let all = u32::try_from(limits.connections_max).unwrap_or(u32::MAX);
        order.send_replace(Order::Finish);
        if timeout(limits.drain_max, slots.acquire_many(all))
            .await
            .is_err()
        {
            tracing::warn!(address = %self.address, "connections were still busy when time to drain ran out");
            order.send_replace(Order::HangUp);
            let _ = timeout(HANG_UP_MAX, slots.acquire_many(all)).await;
        }
    }
}

/// The next connection that there is a place for.
async fn accept(
    socket: &TcpListener,
    slots: &Arc<Semaphore>,
    peers: &Arc<Peers>,
    traffic: &Traffic,
) -> Guest {
    // The semaphore is never closed, so that there always is a permit in the end.
    let slot = Arc::clone(slots).acquire_owned().await.ok();
    loop {
        match socket.accept().await {
            Ok((stream, peer)) => {
                let Some(seat) = peers.enter(peer.ip()) else {
                    traffic.turned_away();
                    tracing::debug!(%peer, "closed a connection: its address has too many");
                    continue;
                };
                // A failure leaves Nagle's delay on, nothing worse.
                let _ = stream.set_nodelay(true);
                return Guest { stream, seat, slot };
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
