//! HTTP/2, frame by frame: floods of what costs the sender nothing, and messages of gRPC with false lengths.
//! A flood is borne or ends its connection; it is then begun anew.

use crate::raw;
use crate::server::Server;
use crate::tally::{Outcome, Tally};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http2::{SendRequest, handshake};
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::timeout;

/// The few frames that are needed, as bytes.
mod frames;

const EXPORT: &str = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
/// Frames of a flood that are sent over one connection.
const BURST: u64 = 500;
/// For the server to say what it thinks of a burst; afterwards it is borne.
const VERDICT: Duration = Duration::from_millis(200);

/// The frames of a flood's nth try.
type Frames = fn(u64) -> Vec<u8>;

pub(crate) fn spawn(
    attacks: &mut JoinSet<()>,
    server: &Arc<Server>,
    tally: &Arc<Tally>,
    share: impl Fn(u64) -> u64,
) {
    let floods: [(&'static str, u64, Frames); 7] = [
        ("HTTP/2, rapid reset", 8_000, frames::rapid_reset),
        (
            "HTTP/2, CONTINUATION without end",
            4_000,
            frames::continuation,
        ),
        ("HTTP/2, empty DATA", 5_000, frames::empty_data),
        ("HTTP/2, PING", 6_000, frames::ping),
        ("HTTP/2, SETTINGS", 6_000, frames::settings),
        ("HTTP/2, WINDOW_UPDATE of 0", 2_000, frames::no_window),
        ("HTTP/2, frames of 16 MiB", 2_000, frames::oversize),
    ];
    for (index, (kind, of, frames)) in floods.into_iter().enumerate() {
        let (server, tally, tries) = (Arc::clone(server), Arc::clone(tally), share(of));
        let host = 60 + u8::try_from(index).unwrap();
        attacks.spawn(flood(server, tally, host, kind, frames, tries));
    }
    let (server, tally, tries) = (Arc::clone(server), Arc::clone(tally), share(2_700));
    attacks.spawn(false_lengths(server, tally, tries));
}

async fn flood(
    server: Arc<Server>,
    tally: Arc<Tally>,
    host: u8,
    kind: &'static str,
    frames: Frames,
    tries: u64,
) {
    let mut left = tries;
    while left > 0 {
        let burst = left.min(BURST);
        left -= burst;
        let outcome = match raw::connect(host, server.otlp_grpc).await {
            Ok(stream) => one_burst(stream, frames, burst).await,
            Err(_) => Outcome::Closed,
        };
        tally.add(kind, outcome, burst);
    }
}

/// What the server says last: it is read all the while, or it could not be sent.
async fn one_burst(stream: TcpStream, frames: Frames, burst: u64) -> Outcome {
    let (mut from, mut to) = stream.into_split();
    let sending = async {
        to.write_all(&frames::hello()).await?;
        for number in 0..burst {
            to.write_all(&frames(number)).await?;
        }
        Ok::<_, std::io::Error>(())
    };
    let reading = async {
        loop {
            let mut head = [0; 9];
            if from.read_exact(&mut head).await.is_err() {
                return Outcome::Closed;
            }
            let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
            let mut payload = vec![0; length as usize];
            if from.read_exact(&mut payload).await.is_err() {
                return Outcome::Closed;
            }
            if let (frames::GOAWAY, Some(code)) =
                (head[3], payload.get(4..).and_then(<[u8]>::first_chunk))
            {
                return Outcome::GoAway(u32::from_be_bytes(*code));
            }
        }
    };
    tokio::pin!(reading);
    tokio::select! {
        outcome = &mut reading => outcome,
        _ = sending => timeout(VERDICT, reading).await.unwrap_or(Outcome::Borne),
    }
}

/// gRPC's own lengths, over a client that speaks HTTP/2 properly.
async fn false_lengths(server: Arc<Server>, tally: Arc<Tally>, tries: u64) {
    let bodies = [0_u32, 1, 7, 1 << 20, 64 << 20, u32::MAX].map(|length| {
        let message = b"\x0a\x02\x0a\x00";
        [&[0], &length.to_be_bytes()[..], message].concat()
    });
    let mut sender = None;
    for body in bodies.iter().cycle().take(tries as usize) {
        let outcome = call(&mut sender, &server, body.clone()).await;
        tally.add(
            "gRPC, a false length",
            outcome.unwrap_or(Outcome::Closed),
            1,
        );
    }
}

async fn call(
    sender: &mut Option<SendRequest<Full<Bytes>>>,
    server: &Server,
    body: Vec<u8>,
) -> Option<Outcome> {
    let mut open = match sender.take() {
        Some(open) => open,
        None => {
            let stream = raw::connect(70, server.otlp_grpc).await.ok()?;
            let (open, connection) = handshake(TokioExecutor::new(), TokioIo::new(stream))
                .await
                .ok()?;
            tokio::spawn(connection);
            open
        }
    };
    let request = http::Request::post(format!("http://{}{EXPORT}", server.otlp_grpc))
        .header("content-type", "application/grpc")
        .body(Full::new(Bytes::from(body)))
        .unwrap();
    let answering = timeout(raw::PATIENCE, open.send_request(request));
    let (head, body) = match answering.await {
        Ok(answer) => answer.ok()?.into_parts(),
        Err(_) => return Some(Outcome::Silence),
    };
    let trailers = body.collect().await.ok()?;
    let code = head.headers.get("grpc-status").or_else(|| {
        let trailers = trailers.trailers()?;
        trailers.get("grpc-status")
    });
    *sender = Some(open);
    code?.to_str().ok()?.parse().ok().map(Outcome::Grpc)
}
