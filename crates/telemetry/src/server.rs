//! The server that a database's spans name.

use std::sync::Arc;

use opentelemetry::{KeyValue, StringValue};

use crate::attrs;

/// A host or the path of a socket, and the port of the former. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Server {
    address: Arc<str>,
    port: Option<u16>,
}

impl Server {
    pub(crate) fn new(address: &str, port: Option<u16>) -> Self {
        Self {
            address: address.into(),
            port,
        }
    }

    pub(crate) fn attributes(&self) -> impl Iterator<Item = KeyValue> + use<> {
        let address = KeyValue::new(
            attrs::SERVER_ADDRESS,
            StringValue::from(self.address.clone()),
        );
        let port = self
            .port
            .map(|port| KeyValue::new(attrs::SERVER_PORT, i64::from(port)));
        std::iter::once(address).chain(port)
    }
}
