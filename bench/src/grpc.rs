//! OTLP over gRPC on one HTTP/2 connection that several lanes share. The message is sent as it was prepared:
//! five bytes, a gzip member, the member that makes it unique.

use crate::door::Outcome;
use crate::http::authority;
use anyhow::{Context, Result, bail, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use bytes::Bytes;
use h2::client::SendRequest;
use http::{HeaderMap, Request};
use prost::Message;
use std::time::Duration;
use tokio::net::TcpStream;

const EXPORT: &str = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
const FRAME_HEAD_BYTES: usize = 5;
const RESOURCE_EXHAUSTED: i32 = 8;
const UNAVAILABLE: i32 = 14;
/// Where an answer says "later" and not when.
const DELAY_UNSAID: Duration = Duration::from_secs(1);

/// A client of one connection; a clone is another lane on it.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    send: SendRequest<Bytes>,
    uri: String,
}

impl Client {
    /// Connects to `http://host:port`; the connection is driven by a task of its own.
    pub(crate) async fn open(url: &str) -> Result<Self> {
        let authority = authority(url)?;
        let stream = TcpStream::connect(&authority)
            .await
            .with_context(|| format!("could not connect to {authority}"))?;
        stream.set_nodelay(true)?;
        let (send, connection) = h2::client::handshake(stream).await?;
        // Its end is seen by the calls on it.
        tokio::task::spawn_local(async move { drop(connection.await) });
        Ok(Self {
            send,
            uri: format!("http://{authority}{EXPORT}"),
        })
    }

    /// One call.
    pub(crate) async fn export(&mut self, gzip: Bytes, rest: &[u8]) -> Result<Outcome> {
        let request = Request::post(&self.uri)
            .header("content-type", "application/grpc")
            .header("te", "trailers")
            .header("grpc-encoding", "gzip")
            .body(())?;
        let mut send = self.send.clone().ready().await?;
        let (response, mut body) = send.send_request(request, false)?;
        let length = u32::try_from(gzip.len() + rest.len())?;
        let mut head = [1; FRAME_HEAD_BYTES];
        head[1..].copy_from_slice(&length.to_be_bytes());
        body.send_data(Bytes::copy_from_slice(&head), false)?;
        body.send_data(gzip, false)?;
        body.send_data(Bytes::copy_from_slice(rest), true)?;

        let (head, mut body) = response.await?.into_parts();
        ensure!(
            head.status == 200,
            "a call was answered with HTTP {}",
            head.status
        );
        let mut message_bytes = 0;
        while let Some(piece) = body.data().await {
            let piece = piece?;
            message_bytes += piece.len();
            body.flow_control().release_capacity(piece.len())?;
        }
        let trailers = match body.trailers().await? {
            Some(trailers) => trailers,
            None => head.headers,
        };
        outcome(&trailers, message_bytes)
    }
}

fn outcome(trailers: &HeaderMap, message_bytes: usize) -> Result<Outcome> {
    let text = |name| trailers.get(name).and_then(|value| value.to_str().ok());
    let status: i32 = text("grpc-status")
        .context("the answer has no grpc-status")?
        .parse()?;
    match status {
        0 => {
            ensure!(message_bytes <= FRAME_HEAD_BYTES, "spans were rejected");
            Ok(Outcome::Kept)
        }
        RESOURCE_EXHAUSTED | UNAVAILABLE => {
            let delay = text("grpc-status-details-bin").and_then(delay);
            Ok(Outcome::Later(delay.unwrap_or(DELAY_UNSAID)))
        }
        _ => bail!(
            "a call was answered with status {status}: {}",
            text("grpc-message").unwrap_or_default()
        ),
    }
}

/// `google.rpc.Status`.
#[derive(Clone, PartialEq, Message)]
struct Status {
    #[prost(message, repeated, tag = "3")]
    details: Vec<Detail>,
}

/// `google.protobuf.Any`.
#[derive(Clone, PartialEq, Message)]
struct Detail {
    #[prost(string, tag = "1")]
    type_url: String,
    #[prost(bytes = "vec", tag = "2")]
    value: Vec<u8>,
}

/// `google.rpc.RetryInfo`.
#[derive(Clone, PartialEq, Message)]
struct Retry {
    #[prost(message, optional, tag = "1")]
    retry_delay: Option<Delay>,
}

/// `google.protobuf.Duration`.
#[derive(Clone, Copy, PartialEq, Message)]
struct Delay {
    #[prost(int64, tag = "1")]
    seconds: i64,
    #[prost(int32, tag = "2")]
    nanos: i32,
}

/// The delay in the details of a refusal.
fn delay(details: &str) -> Option<Duration> {
    let bytes = STANDARD_NO_PAD
        .decode(details)
        .or_else(|_| STANDARD.decode(details))
        .ok()?;
    let status = Status::decode(&*bytes).ok()?;
    let detail = status
        .details
        .iter()
        .find(|detail| detail.type_url.ends_with("/google.rpc.RetryInfo"))?;
    let delay = Retry::decode(&*detail.value).ok()?.retry_delay?;
    Some(Duration::new(
        u64::try_from(delay.seconds).ok()?,
        u32::try_from(delay.nanos).ok()?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_when_to_come_back() {
        let retry = Retry {
            retry_delay: Some(Delay {
                seconds: 2,
                nanos: 500_000_000,
            }),
        };
        let status = Status {
            details: vec![Detail {
                type_url: "type.googleapis.com/google.rpc.RetryInfo".to_owned(),
                value: retry.encode_to_vec(),
            }],
        };
        let mut trailers = HeaderMap::new();
        trailers.insert("grpc-status", 14.into());
        let details = STANDARD_NO_PAD.encode(status.encode_to_vec());
        trailers.insert("grpc-status-details-bin", details.parse().unwrap());
        let later = outcome(&trailers, 0).unwrap();
        assert_eq!(later, Outcome::Later(Duration::from_millis(2500)));
        trailers.remove("grpc-status-details-bin");
        let later = outcome(&trailers, 0).unwrap();
        assert_eq!(later, Outcome::Later(DELAY_UNSAID));
        trailers.insert("grpc-status", 3.into());
        assert!(outcome(&trailers, 0).is_err());
    }
}
