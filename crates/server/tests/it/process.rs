//! The program as a process: signals, exit codes, and messages that name the place and the remedy.

use crate::running::{Process, ended, failure, program, serve};
use crate::spans::{protobuf, span};
use serde_json::json;
use std::net::TcpListener;
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
