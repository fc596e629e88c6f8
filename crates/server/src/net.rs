//! Sockets: bind, accept, time out, limit, drain. It knows nothing of what is said over them.
//!
//! `axum::serve` is not used: it sets no timer, so that a client that sends one byte a minute holds its
//! connection for ever, and it cannot cap the number of connections.

/// Reading a request's body: bounded in bytes and in time.
pub(crate) mod body;
/// One connection, from its first byte to its end.
mod connection;
/// File descriptors: enough for all connections, and some that no connection gets.
pub(crate) mod descriptors;
/// A bound address and its accept loop, which no error ends.
pub(crate) mod listener;
/// How long a connection may take over what it does, or do nothing.
mod patience;
/// How many connections each address has open.
mod peers;
/// What a connection is doing, seen from below and from above the protocol.
mod pulse;
/// Connections, counted.
pub(crate) mod traffic;

pub(crate) use listener::{Listener, Protocol};
pub(crate) use traffic::Traffic;
