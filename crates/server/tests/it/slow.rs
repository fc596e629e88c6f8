//! Clients that hold a connection and do nothing with it.

use crate::running::InProcess;
use std::time::Duration;
use tempfile::TempDir;
use throughline::config::Limits;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const SOON: Duration = Duration::from_millis(200);
/// No test waits for what takes so long, on the busiest machine; a connection that is never closed fails then.
const NEVER: Duration = Duration::from_secs(600);

async fn with_short_times() -> InProcess {
    let limits = Limits {
        first_request_max: SOON,
        header_read_max: SOON,
        connections_max: 2,
        ..Limits::default()
    };
    InProcess::over(TempDir::new().unwrap(), limits).await
}

/// Sends `text`, then waits for what the server says before it hangs up.
async fn last_words(server: &InProcess, text: &str) -> String {
    let mut stream = TcpStream::connect(server.client.addresses.otlp_http)
        .await
        .unwrap();
    // Who is slow to send, as on a busy machine, is hung up on before: that is for what is read to show.
    let _ = stream.write_all(text.as_bytes()).await;
    let mut said = Vec::new();
    let read = tokio::time::timeout(NEVER, stream.read_to_end(&mut said)).await;
    // A reset is a way of hanging up, too.
    let _ = read.expect("the server hangs up");
    String::from_utf8_lossy(&said).into_owned()
}

#[tokio::test]
async fn who_sends_no_whole_request_is_shown_out() {
    let server = with_short_times().await;
    last_words(&server, "").await;
    last_words(&server, "PRI * HT").await;
    last_words(&server, "POST /v1/traces HTTP/1.1\r\nhost: localhost\r\n").await;
}

#[tokio::test]
async fn a_body_that_stops_is_given_up() {
    // Of all times only the one for the body is short: the head comes in time, whenever that is.
    let limits = Limits {
        first_request_max: NEVER,
        header_read_max: NEVER,
        body_idle_max: SOON,
        ..Limits::default()
    };
    let server = InProcess::over(TempDir::new().unwrap(), limits).await;
    let head = "POST /v1/traces HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{";
    let said = last_words(&server, head).await;
    // Exporters would take a 408 for "never again".
    assert!(said.starts_with("HTTP/1.1 503"), "{said}");
    assert!(said.contains("\r\nretry-after: "), "{said}");
}

#[tokio::test]
async fn idle_connections_do_not_keep_others_out_for_ever() {
    let server = with_short_times().await;
    let address = server.client.addresses.console;
    let _first = TcpStream::connect(address).await.unwrap();
    let _second = TcpStream::connect(address).await.unwrap();
    loop {
        let third = server.client.http.get(server.client.api("/healthz"));
        match third.timeout(NEVER).send().await {
            Ok(response) => break assert_eq!(response.status(), 200),
            // Let in, it may be as slow as those before it, and is hung up on.
            Err(error) => assert!(!error.is_timeout(), "nobody is let in"),
        }
    }
}
