//! The program as a process: signals, exit codes, and messages that name the place and the remedy.

use crate::running::{Process, ended, failure, program, serve};
use crate::spans::{protobuf, span};
use serde_json::json;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use tempfile::TempDir;

#[tokio::test(flavor = "multi_thread")]
async fn sigterm_drains_and_a_new_start_has_everything() {
    let data = TempDir::new().unwrap();
    let mut process = Process::start(data.path(), &[]);
    process
        .client
        .export(protobuf("api", vec![span(1, 0)]))
        .await;
    process.signal("-TERM");
    assert_eq!(ended(&mut process.child).code(), Some(0));

    let mut process = Process::start(data.path(), &[]);
    assert_eq!(process.client.rows("traces | count").await, [[json!(1)]]);
    process.signal("-INT");
    assert_eq!(ended(&mut process.child).code(), Some(0));

    // A terminal that is closed.
    let mut process = told_of_hang_ups(data.path(), "--default-signal=HUP");
    process
        .client
        .export(protobuf("api", vec![span(1, 1)]))
        .await;
    process.signal("-HUP");
    assert_eq!(ended(&mut process.child).code(), Some(0));
    let files = data.path().join("data/traces").read_dir().unwrap().count();
    assert_eq!(files, 2, "both were flushed");
}

/// Started with a signal as a terminal leaves it, or as `nohup` does; the tests may have been started by either.
fn told_of_hang_ups(data: &Path, how: &str) -> Process {
    let plain = serve(data, &[]);
    let mut command = Command::new("env");
    command.arg(how).arg(plain.get_program());
    command.args(plain.get_args());
    command.env_remove("ENABLE_OTEL").env("RUST_LOG", "warn");
    Process::of(command).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_to_outlast_its_terminal_does() {
    let data = TempDir::new().unwrap();
    let mut process = told_of_hang_ups(data.path(), "--ignore-signal=HUP");
    process.signal("-HUP");
    process
        .client
        .export(protobuf("api", vec![span(1, 0)]))
        .await;
    process.signal("-TERM");
    assert_eq!(ended(&mut process.child).code(), Some(0));
}

/// A request whose head has come, and half of its body; what the rest of it is.
async fn half_a_request(process: &Process) -> (TcpStream, Vec<u8>) {
    let mut body = protobuf("api", vec![span(1, 0)]);
    let rest = body.split_off(body.len() / 2);
    let length = body.len() + rest.len();
    let head = format!(
        "POST /v1/traces HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-protobuf\r\ncontent-length: {length}\r\n\r\n"
    );
    let mut stream = TcpStream::connect(process.client.addresses.otlp_http).unwrap();
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&body).unwrap();
    let has_come = format!("throughline_ingest_in_flight_bytes {}\n", body.len());
    let metrics = process.client.api("/metrics");
    loop {
        let response = process.client.http.get(&metrics).send().await.unwrap();
        if response.text().await.unwrap().contains(&has_come) {
            return (stream, rest);
        }
    }
}

/// Asks the process to end, and waits until it takes no more connections.
fn begin_to_drain(process: &Process) {
    process.signal("-TERM");
    let deadline = Instant::now() + Duration::from_secs(20);
    while TcpStream::connect(process.client.addresses.otlp_http).is_ok() {
        assert!(Instant::now() < deadline, "it still accepts");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_has_begun_is_finished_before_the_end() {
    let data = TempDir::new().unwrap();
    let mut process = Process::start(data.path(), &[]);
    let (mut stream, rest) = half_a_request(&process).await;
    begin_to_drain(&process);
    stream.write_all(&rest).unwrap();
    let mut said = String::new();
    stream.read_to_string(&mut said).unwrap();
    assert!(said.starts_with("HTTP/1.1 200"), "{said}");
    assert_eq!(ended(&mut process.child).code(), Some(0));
    let process = Process::start(data.path(), &[]);
    assert_eq!(process.client.rows("traces | count").await, [[json!(1)]]);
    process.kill();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_signal_ends_it_at_once() {
    let data = TempDir::new().unwrap();
    let mut process = Process::start(data.path(), &[]);
    let (_stream, _rest) = half_a_request(&process).await;
    begin_to_drain(&process);
    let asked = Instant::now();
    process.signal("-TERM");
    assert_eq!(ended(&mut process.child).code(), Some(1));
    assert!(
        asked.elapsed() < Duration::from_secs(5),
        "half a body is not waited for"
    );
}

#[test]
fn a_second_server_on_the_same_data_is_refused() {
    let data = TempDir::new().unwrap();
    let first = Process::start(data.path(), &[]);
    let (code, said) = failure(serve(data.path(), &[]));
    assert_eq!(code, 1, "{said}");
    assert!(said.contains(&data.path().display().to_string()), "{said}");
    assert!(said.contains("another process"), "{said}");
    first.kill();
}

#[test]
fn a_taken_port_is_named_with_its_remedy() {
    let data = TempDir::new().unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for door in ["--listen", "--otlp-http", "--otlp-grpc"] {
        let (code, said) = failure(serve(data.path(), &[door, &address]));
        assert_eq!(code, 1, "{said}");
        assert!(said.contains(&address) && said.contains(door), "{said}");
    }
}

#[test]
fn bad_settings_end_with_64() {
    let data = TempDir::new().unwrap();
    let cases: [&[&str]; 4] = [
        &["--retention", "forever"],
        &["--retention", "1s"],
        &["--listen", "nowhere"],
        &[
            "--listen",
            "127.0.0.1:4999",
            "--otlp-http",
            "127.0.0.1:4999",
        ],
    ];
    for case in cases {
        let (code, said) = failure(serve(data.path(), case));
        assert_eq!(code, 64, "{case:?}: {said}");
    }
    let mut unknown = program();
    unknown.arg("dance");
    assert_eq!(failure(unknown).0, 64);
}

#[test]
fn config_show_prints_settings_and_limits() {
    let output = program()
        .args(["config", "show", "--retention", "7d"])
        .output()
        .unwrap();
    assert!(output.status.success());
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(shown.contains("retention = \"7d\""), "{shown}");
    assert!(shown.contains("query_run_max = 30s"), "{shown}");
}
