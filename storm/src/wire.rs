//! One client's connection to a door of the server, HTTP/1.1 or gRPC, and what it answers.

use crate::ledger::Dataset;
use crate::request::{Form, Request};
use crate::server::Addresses;
use anyhow::{Context, Result, bail};
use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioIo};
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceResponse;
use prost::Message;
use std::io::Write;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpStream;

const EXPORT: &str = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
/// The five bytes before a message: compressed or not, and its length.
const FRAME_HEAD_BYTES: usize = 5;
const ANSWER_SECONDS_MAX: u64 = 60;

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// With the number of spans that will never be taken.
    Yes { rejected: u64 },
    /// Again, later; whether it says when.
    Later { delayed: bool },
    /// Never: status of HTTP or gRPC.
    No { status: u16 },
    /// The connection ended, or nothing came in time.
    Nothing,
}

/// A connection to each door, made when it is needed and again after it broke.
#[derive(Debug)]
pub(crate) struct Client {
    addresses: Addresses,
    http: Option<http1::SendRequest<Full<Bytes>>>,
    grpc: Option<http2::SendRequest<Full<Bytes>>>,
}

impl Client {
    pub(crate) fn new(addresses: Addresses) -> Self {
        Self {
            addresses,
            http: None,
            grpc: None,
        }
    }

    /// Sends a request, compressed or not, and waits for its answer.
    pub(crate) async fn send(&mut self, request: &Request, dataset: Dataset, gzip: bool) -> Answer {
        let limit = Duration::from_secs(ANSWER_SECONDS_MAX);
        match tokio::time::timeout(limit, self.exchange(request, dataset, gzip)).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) | Err(_) => {
                self.hang_up();
                Answer::Nothing
            }
        }
    }

    /// Leaves without a word, whatever is on its way.
    pub(crate) fn hang_up(&mut self) {
        (self.http, self.grpc) = (None, None);
    }

    async fn exchange(
        &mut self,
        request: &Request,
        dataset: Dataset,
        gzip: bool,
    ) -> Result<Answer> {
        match request.form {
            Form::Grpc => self.call(request, dataset, gzip).await,
            Form::Protobuf | Form::Json => self.post(request, dataset, gzip).await,
        }
    }

    async fn post(&mut self, request: &Request, dataset: Dataset, gzip: bool) -> Result<Answer> {
        let kind = match request.form {
            Form::Json => "application/json",
            _ => "application/x-protobuf",
        };
        let address = self.addresses.otlp_http;
        let mut head = http::Request::post("/v1/traces")
            .header("host", address.to_string())
            .header("content-type", kind);
        if gzip {
            head = head.header("content-encoding", "gzip");
        }
        let body = Full::new(packed(&request.body, gzip)?);
        let sent = with_dataset(head, dataset).body(body)?;
        let response = self.http(address).await?.send_request(sent).await?;
        let (head, body) = response.into_parts();
        let body = body.collect().await?.to_bytes();
        Ok(match head.status.as_u16() {
            200 => Answer::Yes {
                rejected: rejected(request.form, &body)?,
            },
            429 | 502 | 503 | 504 => Answer::Later {
                delayed: head.headers.contains_key("retry-after"),
            },
            status => Answer::No { status },
        })
    }

    async fn call(&mut self, request: &Request, dataset: Dataset, gzip: bool) -> Result<Answer> {
        let address = self.addresses.otlp_grpc;
        let mut head = http::Request::post(format!("http://{address}{EXPORT}"))
            .header("content-type", "application/grpc")
            .header("te", "trailers");
        if gzip {
            head = head.header("grpc-encoding", "gzip");
        }
        let message = packed(&request.body, gzip)?;
        let length = u32::try_from(message.len())?.to_be_bytes();
        let frame = [&[u8::from(gzip)], &length[..], &message].concat();
        let sent = with_dataset(head, dataset).body(Full::new(Bytes::from(frame)))?;
        let response = self.grpc(address).await?.send_request(sent).await?;
        let (head, body) = response.into_parts();
        let body = body.collect().await?;
        let trailers = body.trailers().unwrap_or(&head.headers);
        let status = trailers.get("grpc-status").context("no grpc-status")?;
        let status: u16 = status.to_str()?.parse()?;
        let delayed = trailers.contains_key("grpc-status-details-bin");
        let body = body.to_bytes();
        Ok(match status {
            0 if body.len() < FRAME_HEAD_BYTES => bail!("a success without a message"),
            0 => Answer::Yes {
                rejected: rejected(Form::Grpc, &body[FRAME_HEAD_BYTES..])?,
            },
            // RESOURCE_EXHAUSTED is to come again only if it says when.
            8 if delayed => Answer::Later { delayed },
            14 => Answer::Later { delayed },
            status => Answer::No { status },
        })
    }

    async fn http(&mut self, address: SocketAddr) -> Result<&mut http1::SendRequest<Full<Bytes>>> {
        let dead = |sender: &http1::SendRequest<_>| sender.is_closed();
        if self.http.as_ref().is_none_or(dead) {
            let stream = TokioIo::new(connect(address).await?);
            let (sender, connection) = http1::handshake(stream).await?;
            tokio::spawn(connection);
            self.http = Some(sender);
        }
        let sender = self.http.as_mut().context("no connection")?;
        sender.ready().await?;
        Ok(sender)
    }

    async fn grpc(&mut self, address: SocketAddr) -> Result<&mut http2::SendRequest<Full<Bytes>>> {
        let dead = |sender: &http2::SendRequest<_>| sender.is_closed();
        if self.grpc.as_ref().is_none_or(dead) {
            let stream = TokioIo::new(connect(address).await?);
            let (sender, connection) = http2::handshake(TokioExecutor::new(), stream).await?;
            tokio::spawn(connection);
            self.grpc = Some(sender);
        }
        let sender = self.grpc.as_mut().context("no connection")?;
        sender.ready().await?;
        Ok(sender)
    }
}

/// Asks the console's port: status and body.
pub(crate) async fn ask(
    address: SocketAddr,
    path: &str,
    json: Option<String>,
) -> Result<(u16, Bytes)> {
    let stream = TokioIo::new(connect(address).await?);
    let (mut sender, connection) = http1::handshake(stream).await?;
    tokio::spawn(connection);
    let method = if json.is_some() {
        http::Method::POST
    } else {
        http::Method::GET
    };
    let request = http::Request::builder()
        .method(method)
        .uri(path)
        .header("host", address.to_string())
        .header("content-type", "application/json")
        .body(Full::new(Bytes::from(json.unwrap_or_default())))?;
    let response = sender.send_request(request).await?;
    let status = response.status().as_u16();
    Ok((status, response.into_body().collect().await?.to_bytes()))
}

async fn connect(address: SocketAddr) -> Result<TcpStream> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

fn with_dataset(head: http::request::Builder, dataset: Dataset) -> http::request::Builder {
    match dataset {
        Dataset::Traces => head,
        Dataset::Mirror => head.header("x-axiom-dataset", dataset.name()),
    }
}

fn packed(body: &[u8], gzip: bool) -> Result<Bytes> {
    if !gzip {
        return Ok(Bytes::copy_from_slice(body));
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(body)?;
    Ok(encoder.finish()?.into())
}

/// How many spans an acknowledgement says will never be taken.
fn rejected(form: Form, body: &[u8]) -> Result<u64> {
    let count = if form == Form::Json {
        let answer: serde_json::Value = serde_json::from_slice(body)?;
        let count = &answer["partialSuccess"]["rejectedSpans"];
        // A 64-bit number is text in protobuf's JSON; a number is as good.
        match count.as_str() {
            Some(text) => text.parse()?,
            None => count.as_i64().unwrap_or(0),
        }
    } else {
        let answer = ExportTraceServiceResponse::decode(body)?;
        answer
            .partial_success
            .map_or(0, |partial| partial.rejected_spans)
    };
    u64::try_from(count).context("a negative number of spans")
}
