//! Connections that say one thing and do another: false lengths, heads and bodies that never end, and more of
//! them than anybody needs.

use crate::raw::{self, PATIENCE};
use crate::server::Server;
use crate::tally::{Outcome, Tally};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::timeout;

const HEAD: &str =
    "POST /v1/traces HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n";
/// Between two bytes of a slow sender.
const DRIP: Duration = Duration::from_millis(900);
/// Sockets of one address at a time; it may have 256.
const SOCKETS: u64 = 200;

pub(crate) fn spawn(
    attacks: &mut JoinSet<()>,
    server: &Arc<Server>,
    tally: &Arc<Tally>,
    share: impl Fn(u64) -> u64,
) {
    let short = format!("{HEAD}content-length: 1000\r\n\r\n{{");
    let long = format!("{HEAD}content-length: 2\r\n\r\n{{}}garbage that is no request\r\n\r\n");
    let huge = format!("{HEAD}content-length: 18446744073709551615\r\n\r\n{{}}");
    let two = format!("{HEAD}content-length: 2\r\ncontent-length: 3\r\n\r\n{{}}");
    let chunk = format!("{HEAD}transfer-encoding: chunked\r\n\r\nffffffffffffffff\r\n{{}}");
    let fields = format!("{HEAD}{}\r\n", "x: y\r\n".repeat(10_000));
    let whole = [
        ("a length that is too long", short),
        ("a length that is too short", long),
        ("a length of 2^64", huge),
        ("two lengths", two),
        ("a chunk of 2^64", chunk),
        ("ten thousand header fields", fields),
    ];
    for (index, (kind, text)) in whole.into_iter().enumerate() {
        let (server, tally, tries) = (Arc::clone(server), Arc::clone(tally), share(2_000));
        let host = 30 + u8::try_from(index).unwrap();
        attacks.spawn(async move {
            for _ in 0..tries {
                let outcome = once(host, &server, text.as_bytes()).await;
                tally.add(kind, outcome, 1);
            }
        });
    }
    for host in 40..44 {
        slow(
            attacks,
            server,
            tally,
            host,
            share(100),
            "a slow head",
            HEAD,
        );
    }
    let body = format!(
        "{HEAD}content-length: 67108864\r\n\r\n{}",
        "[".repeat(100_000)
    );
    for host in 44..48 {
        slow(
            attacks,
            server,
            tally,
            host,
            share(100),
            "a slow body",
            &body,
        );
    }
    let (server, tally, tries) = (Arc::clone(server), Arc::clone(tally), share(2_000));
    attacks.spawn(crowd(server, tally, tries));
}

/// Sends all of it, says that there is no more, and waits for the end.
async fn once(host: u8, server: &Server, text: &[u8]) -> Outcome {
    let exchange = async {
        let mut stream = raw::connect(host, server.otlp_http).await?;
        let _ = stream.write_all(text).await;
        let _ = stream.shutdown().await;
        let answer = raw::read_answer(&mut stream).await?;
        Ok::<_, std::io::Error>(answer.status)
    };
    match timeout(PATIENCE, exchange).await {
        // An empty request that more bytes follow is a request in order.
        Ok(Ok(200)) => Outcome::Borne,
        Ok(Ok(status)) => Outcome::Http(status),
        Ok(Err(_)) => Outcome::Closed,
        Err(_) => Outcome::Silence,
    }
}

/// `tries` sockets of one address, each with the beginning of something and then a byte now and then.
fn slow(
    attacks: &mut JoinSet<()>,
    server: &Arc<Server>,
    tally: &Arc<Tally>,
    host: u8,
    tries: u64,
    kind: &'static str,
    text: &str,
) {
    for _ in 0..tries.min(SOCKETS) {
        let (server, tally, text) = (Arc::clone(server), Arc::clone(tally), text.to_owned());
        attacks.spawn(async move {
            let outcome = match raw::connect(host, server.otlp_http).await {
                Ok(stream) => timeout(PATIENCE, drip(stream, text)).await,
                Err(_) => Ok(Outcome::Closed),
            };
            tally.add(kind, outcome.unwrap_or(Outcome::Silence), 1);
        });
    }
}

async fn drip(mut stream: TcpStream, text: String) -> Outcome {
    let mut said = Vec::new();
    if stream.write_all(text.as_bytes()).await.is_err() {
        return Outcome::Closed;
    }
    loop {
        match timeout(DRIP, stream.read_buf(&mut said)).await {
            Ok(Ok(0) | Err(_)) => break,
            Ok(Ok(_)) => {}
            Err(_) => {
                if stream.write_all(b"x").await.is_err() {
                    break;
                }
            }
        }
    }
    let status = said
        .get(9..12)
        .and_then(|text| std::str::from_utf8(text).ok());
    let status = status.and_then(|text| text.parse().ok());
    status.map_or(Outcome::Closed, Outcome::Http)
}

/// One address opens more connections than it may, and holds on to those that it gets.
async fn crowd(server: Arc<Server>, tally: Arc<Tally>, tries: u64) {
    let kind = "one address, many connections";
    let mut held = Vec::new();
    for _ in 0..tries {
        let Ok(mut stream) = raw::connect(50, server.otlp_grpc).await else {
            tally.add(kind, Outcome::Closed, 1);
            continue;
        };
        let closed = timeout(Duration::from_millis(5), stream.read_u8()).await;
        // Whoever is let in is greeted.
        if matches!(closed, Ok(Err(_))) {
            tally.add(kind, Outcome::Closed, 1);
        } else {
            tally.add(kind, Outcome::Borne, 1);
            held.push(stream);
        }
    }
}
