//! A lane into the server: prepared bytes in, "kept" or "later" out. Anything else ends the run.

use crate::{grpc, http};
use anyhow::{Result, bail, ensure};
use bytes::Bytes;
use std::time::Duration;

const TRACES: http::Target<'static> = http::Target {
    path: "/v1/traces",
    content_type: "application/x-protobuf",
    gzip: true,
};
/// Where an answer says "later" and not when.
const DELAY_UNSAID: Duration = Duration::from_secs(1);

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Kept,
    /// Refused for now: the same request is to come again after the delay.
    Later(Duration),
}

/// One lane of the load.
#[derive(Debug)]
pub(crate) enum Lane {
    Http(http::Connection),
    Grpc(grpc::Client),
}

impl Lane {
    pub(crate) async fn send(&mut self, gzip: Bytes, rest: &[u8]) -> Result<Outcome> {
        match self {
            Self::Grpc(client) => client.export(gzip, rest).await,
            Self::Http(connection) => {
                let answer = connection.post(TRACES, gzip, rest).await?;
                match answer.status {
                    200 => {
                        ensure!(answer.body.is_empty(), "spans were rejected");
                        Ok(Outcome::Kept)
                    }
                    429 | 503 => Ok(Outcome::Later(answer.retry_after.unwrap_or(DELAY_UNSAID))),
                    status => bail!(
                        "a request was answered with {status}: {}",
                        String::from_utf8_lossy(&answer.body)
                    ),
                }
            }
        }
    }
}

/// Opens the lanes of a load: over gRPC `streams` share a connection.
pub(crate) async fn open(
    protocol: Protocol,
    url: &str,
    connections: usize,
    streams: usize,
) -> Result<Vec<Lane>> {
    let mut lanes = Vec::new();
    for _ in 0..connections {
        match protocol {
            Protocol::Http => lanes.push(Lane::Http(http::Connection::open(url).await?)),
            Protocol::Grpc => {
                let client = grpc::Client::open(url).await?;
                lanes.extend((0..streams).map(|_| Lane::Grpc(client.clone())));
            }
        }
    }
    Ok(lanes)
}

/// Which of the server's doors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    Http,
    Grpc,
}
