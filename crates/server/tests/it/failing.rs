//! A disk that fails, and input that would unfold to more memory than there is.

use crate::running::{InProcess, Process, ended};
use crate::spans::{protobuf, span};
use std::fs;
use std::io::Write;
use std::path::Path;
use tempfile::TempDir;

/// A request of some MiB.
fn large(index: u64, mebibytes: usize) -> Vec<u8> {
    let mut span = span(1, index);
    span.name = "x".repeat(mebibytes << 20);
    protobuf("api", vec![span])
}

/// Puts something in the place of the log's next segment, so that its file cannot get its name. Nobody
/// knows then what is on disk: the log stops.
fn bar_next_segment(data: &Path) {
    for seq in 2..40 {
        fs::create_dir(data.join(format!("wal/wal-{seq:020}.log"))).unwrap();
    }
}

#[tokio::test]
async fn a_log_that_failed_is_told_by_healthz_and_in_the_refusal() {
    let server = InProcess::start().await;
    let health = async || {
        let request = server.client.http.get(server.client.api("/healthz"));
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(health().await, 200);
    bar_next_segment(server.data.path());
    let mut refused = None;
    for index in 0..20 {
        let response = server.client.try_export(large(index, 8)).await.unwrap();
        if response.status() != 200 {
            refused = Some(response);
            break;
        }
    }
    let refused = refused.expect("the log has failed");
    assert_eq!(refused.status(), 503);
    assert!(refused.headers().contains_key("retry-after"));
    let said = refused.bytes().await.unwrap();
    let said = String::from_utf8_lossy(&said);
    assert!(said.contains("may have been kept"), "{said}");
    assert_eq!(health().await, 503);
    server.server.failed().await;
}

/// Small requests that say they are large: refused at once, and the process stays small.
#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn bombs_are_refused_in_little_memory() {
    let data = TempDir::new().unwrap();
    let process = Process::start(data.path(), &[]);
    let spans = "{},".repeat(4_000_000);
    let json = format!(r#"{{"resourceSpans":[{{"scopeSpans":[{{"spans":[{spans}{{}}]}}]}}]}}"#);
    let attributes = b"\x0a\x00".repeat(1_999_000);
    let resource = [field(1), length(attributes.len()), attributes].concat();
    let message = [field(1), length(resource.len()), resource].concat();
    for (kind, body) in [
        ("application/json", json.into_bytes()),
        ("application/x-protobuf", message),
    ] {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(&body).unwrap();
        let packed = packed.finish().unwrap();
        assert!(packed.len() < 20_000, "{kind}: {}", packed.len());
        let request = process.client.http.post(process.client.otlp("/v1/traces"));
        let request = request
            .header("content-type", kind)
            .header("content-encoding", "gzip");
        let response = request.body(packed).send().await.unwrap();
        assert_eq!(response.status(), 413, "{kind}");
    }
    let status = fs::read_to_string(format!("/proc/{}/status", process.child.id())).unwrap();
    let peak = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap();
    let kibibytes: u64 = peak.split_whitespace().nth(1).unwrap().parse().unwrap();
    assert!(kibibytes < 256 << 10, "{peak}");
    process.kill();
}

fn field(number: u8) -> Vec<u8> {
    vec![number << 3 | 2]
}

fn length(bytes: usize) -> Vec<u8> {
    let mut out = Vec::new();
    prost::encoding::encode_varint(bytes as u64, &mut out);
    out
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_whose_log_failed_ends_with_1() {
    let data = TempDir::new().unwrap();
    let mut process = Process::start(data.path(), &[]);
    bar_next_segment(data.path());
    for index in 0..20 {
        match process.client.try_export(large(index, 8)).await {
            Ok(response) if response.status() == 200 => {}
            _ => break,
        }
    }
    assert_eq!(ended(&mut process.child).code(), Some(1));
}
