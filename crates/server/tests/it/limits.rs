//! What the server does at its limits: the disk, the log, the room in memory, one client's connections, and
//! the ages of a connection.

use crate::running::{InProcess, config};
use crate::spans::{protobuf, span};
use hyper_util::rt::{TokioExecutor, TokioIo};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tempfile::TempDir;
use throughline::config::{Config, Limits};
use throughline::serve::{Seams, Space};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Long enough for a busy machine; what never comes fails the test.
const AT_LAST: Duration = Duration::from_secs(60);
const GIB: u64 = 1 << 30;

impl InProcess {
    /// The status of one small export, and the seconds of its `Retry-After`.
    async fn small(&self, index: u64) -> (u16, Option<u64>) {
        let body = protobuf("api", vec![span(1, index)]);
        let response = self.client.try_export(body).await.unwrap();
        let delay = response.headers().get("retry-after");
        let delay = delay.map(|delay| delay.to_str().unwrap().parse().unwrap());
        (response.status().as_u16(), delay)
    }

    /// Exports until the status is `wanted`, which has to come to be by itself.
    async fn until(&self, wanted: u16) -> Option<u64> {
        let trying = async {
            for index in 0.. {
                let (status, delay) = self.small(index).await;
                if status == wanted {
                    return delay;
                }
                tokio::task::yield_now().await;
            }
            None
        };
        tokio::time::timeout(AT_LAST, trying)
            .await
            .expect("it changes")
    }

    async fn health(&self) -> (u16, String) {
        let request = self.client.http.get(self.client.api("/healthz"));
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.text().await.unwrap())
    }
}

#[tokio::test]
async fn a_disk_nearly_full_refuses_spans_answers_queries_and_recovers_by_itself() {
    static FREE: AtomicU64 = AtomicU64::new(100 * GIB);
    fn probe(_: &Path) -> io::Result<Space> {
        Ok(Space {
            total_bytes: 1000 * GIB,
            free_bytes: FREE.load(Ordering::Relaxed),
        })
    }
    let seams = Seams {
        probe,
        ..Seams::default()
    };
    let data = TempDir::new().unwrap();
    let server = InProcess::with(data, Limits::default(), seams).await;
    assert_eq!(server.small(0).await, (200, None));

    // The reserve is the smaller of 5 % and 256 MiB.
    FREE.store((256 << 20) - 1, Ordering::Relaxed);
    let delay = server.until(503).await.expect("a delay");
    assert!((16..=24).contains(&delay), "{delay}");
    let (status, said) = server.health().await;
    assert_eq!(status, 503);
    assert!(said.contains("disk"), "{said}");
    let count = server.client.rows("traces | count").await;
    assert!(count[0][0].as_u64().unwrap() >= 1, "queries go on");

    FREE.store(GIB, Ordering::Relaxed);
    server.until(200).await;
    assert_eq!(server.health().await.0, 200);
}

#[tokio::test]
async fn a_log_at_its_limit_refuses_spans_until_a_flush_lets_go_of_it() {
    let limits = Limits {
        // A segment is 64 MiB, and the one that is being written is always kept.
        log_bytes_max: 100 << 20,
        ..Limits::default()
    };
    let data = TempDir::new().unwrap();
    let config = Config {
        flush_age: Duration::from_secs(5),
        limits,
        ..config(data.path())
    };
    let server = InProcess::configured(data, config, Seams::default()).await;
    // A field that no version knows: it is in the log and not in the buffer.
    let mut body = protobuf("api", vec![span(1, 0)]);
    prost::encoding::string::encode(1000, &"x".repeat(5 << 20), &mut body);
    let said = server.export_until_refused(body).await;
    assert!(said.contains("log is at its limit"), "{said}");
    server.until(200).await;
}

#[tokio::test]
async fn one_address_cannot_take_all_connections() {
    let limits = Limits {
        connections_per_address_max: 2,
        ..Limits::default()
    };
    let server = InProcess::over(TempDir::new().unwrap(), limits).await;
    let address = server.client.addresses.otlp_http;
    let first = TcpStream::connect(address).await.unwrap();
    let _second = TcpStream::connect(address).await.unwrap();
    let mut third = TcpStream::connect(address).await.unwrap();
    assert_eq!(read_to_end(&mut third).await, "", "closed at once");
    drop(first);
    // The place comes back.
    server.until_connected().await;
}

#[tokio::test]
async fn a_connection_is_kept_between_requests_and_closed_when_idle_or_old() {
    let request = "HEAD /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let short = Duration::from_millis(500);
    let tables = [
        (
            "idle",
            Limits {
                connection_idle_max: short,
                ..Limits::default()
            },
        ),
        (
            "old",
            Limits {
                connection_age_max: short,
                ..Limits::default()
            },
        ),
    ];
    for (what, limits) in tables {
        let server = InProcess::over(TempDir::new().unwrap(), limits).await;
        let address = server.client.addresses.console;
        let mut stream = TcpStream::connect(address).await.unwrap();
        for _ in 0..2 {
            stream.write_all(request.as_bytes()).await.unwrap();
            let mut said = [0; 15];
            stream.read_exact(&mut said).await.unwrap();
            assert_eq!(&said, b"HTTP/1.1 200 OK", "{what}");
            drain_answer(&mut stream).await;
        }
        assert_eq!(read_to_end(&mut stream).await, "", "{what}: closed");
    }
}

/// What long-lived gRPC channels need, to find a new server behind a name: asked to go, not cut off.
#[tokio::test]
async fn an_old_connection_of_http2_ends_in_good_order() {
    let limits = Limits {
        connection_age_max: Duration::from_millis(500),
        ..Limits::default()
    };
    let server = InProcess::over(TempDir::new().unwrap(), limits).await;
    let stream = TcpStream::connect(server.client.addresses.otlp_grpc).await;
    let (_sender, connection) = hyper::client::conn::http2::handshake::<_, _, String>(
        TokioExecutor::new(),
        TokioIo::new(stream.unwrap()),
    )
    .await
    .unwrap();
    let outcome = tokio::time::timeout(AT_LAST, connection).await;
    outcome.expect("an end").expect("no error");
}

/// Floods that cost the sender nothing were mended in these versions: `RUSTSEC-2026-0258` is the newest.
#[test]
fn the_http2_library_is_new_enough() {
    let lock = include_str!("../../../../Cargo.lock");
    let (_, after) = lock.split_once("name = \"h2\"\nversion = \"").unwrap();
    let (version, _) = after.split_once('"').unwrap();
    let numbers: Vec<u32> = version.split('.').map(|n| n.parse().unwrap()).collect();
    assert!(numbers >= vec![0, 4, 16], "h2 is {version}");
}

#[tokio::test]
async fn an_idle_client_outlives_the_time_for_heads() {
    let limits = Limits {
        header_read_max: Duration::from_millis(50),
        ..Limits::default()
    };
    let server = InProcess::over(TempDir::new().unwrap(), limits).await;
    let address = server.client.addresses.console;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = "HEAD /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n";
    stream.write_all(request.as_bytes()).await.unwrap();
    drain_answer(&mut stream).await;
    // Nothing is said for four times as long: that is a rest, not a slow head.
    let quiet = tokio::time::timeout(Duration::from_millis(200), stream.read_u8()).await;
    assert!(quiet.is_err(), "the connection is open");
    // A head that was begun has to end.
    stream.write_all(b"GET /hea").await.unwrap();
    assert_eq!(read_to_end(&mut stream).await, "");
}

#[tokio::test]
async fn promises_of_large_bodies_take_no_room() {
    let server = InProcess::start().await;
    let address = server.client.addresses.otlp_http;
    let head = "POST /v1/traces HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 67108864\r\n\r\n{";
    let mut held = Vec::new();
    for _ in 0..100 {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        held.push(stream);
    }
    assert_eq!(server.small(0).await, (200, None));
}

#[tokio::test]
async fn a_slow_body_is_given_up_sooner_when_room_is_scarce() {
    let limits = Limits {
        in_flight_bytes_max: 1_000,
        body_idle_max: AT_LAST * 2,
        ..Limits::default()
    };
    let server = InProcess::over(TempDir::new().unwrap(), limits).await;
    let head = "POST /v1/traces HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 999\r\n\r\n";
    let address = server.client.addresses.otlp_http;
    let mut stream = TcpStream::connect(address).await.unwrap();
    let begun = format!("{head}{}", " ".repeat(900));
    stream.write_all(begun.as_bytes()).await.unwrap();
    let said = read_to_end(&mut stream).await;
    assert!(said.starts_with("HTTP/1.1 503"), "{said}");
    assert!(said.contains("did not arrive in time"), "{said}");
    // Its room is free again.
    assert_eq!(server.small(0).await, (200, None));
}

#[tokio::test]
async fn a_full_buffer_refuses_spans_until_a_flush_makes_room() {
    let limits = Limits {
        buffer_bytes_max: 2 << 20,
        // A flush makes room within the time that a request waits for it.
        room_wait_max: Duration::ZERO,
        ..Limits::default()
    };
    let server = InProcess::over(TempDir::new().unwrap(), limits).await;
    let mut large = span(1, 0);
    large.name = "x".repeat(700 << 10);
    let body = protobuf("api", vec![large]);
    let [one, two, three, four] = [(); 4].map(|()| server.export_until_refused(body.clone()));
    let said = tokio::join!(one, two, three, four);
    for said in [said.0, said.1, said.2, said.3] {
        assert!(said.contains("nothing of it was kept"), "{said}");
    }
    server.until(200).await;
}

#[tokio::test]
async fn the_largest_request_passes_when_it_is_alone() {
    use std::io::Write;
    let limits = Limits {
        in_flight_bytes_max: 20 << 20,
        ..Limits::default()
    };
    let server = InProcess::over(TempDir::new().unwrap(), limits).await;
    // 30 MiB of text, in a few KiB: more than all the room there is.
    let mut large = span(1, 0);
    large.name = "x".repeat(30 << 20);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&protobuf("api", vec![large])).unwrap();
    let request = server.client.http.post(server.client.otlp("/v1/traces"));
    let request = request
        .header("content-type", "application/x-protobuf")
        .header("content-encoding", "gzip");
    let response = request.body(packed.finish().unwrap()).send().await.unwrap();
    assert_eq!(response.status(), 200);
}

impl InProcess {
    /// What the refusal says.
    async fn export_until_refused(&self, body: Vec<u8>) -> String {
        let trying = async {
            for number in 0_u64.. {
                // Each another one, by a field that no version knows: what came already is not kept again.
                let mut body = body.clone();
                prost::encoding::uint64::encode(1001, &number, &mut body);
                let response = self.client.try_export(body).await.unwrap();
                if response.status() != 200 {
                    return response.bytes().await.unwrap();
                }
            }
            unreachable!("numbers do not end");
        };
        let said = tokio::time::timeout(AT_LAST, trying).await;
        String::from_utf8_lossy(&said.expect("a refusal")).into_owned()
    }

    /// Sends a request over new connections until one is let in.
    async fn until_connected(&self) {
        let trying = async {
            while self
                .client
                .try_export(protobuf("api", vec![span(1, 0)]))
                .await
                .is_err()
            {}
        };
        tokio::time::timeout(AT_LAST, trying)
            .await
            .expect("a place");
    }
}

/// Reads an answer that has no body.
async fn drain_answer(stream: &mut TcpStream) {
    let mut said = Vec::new();
    while !said.ends_with(b"\r\n\r\n") {
        said.push(stream.read_u8().await.unwrap());
    }
}

async fn read_to_end(stream: &mut TcpStream) -> String {
    let mut said = Vec::new();
    let read = tokio::time::timeout(AT_LAST, stream.read_to_end(&mut said)).await;
    // A reset is a way of hanging up, too.
    let _ = read.expect("the server hangs up");
    String::from_utf8_lossy(&said).into_owned()
}
