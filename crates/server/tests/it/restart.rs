//! A server that is stopped and started again has everything.

use crate::answers::in_every_encoding;
use crate::running::{InProcess, Process};
use crate::spans::{protobuf, span};
use serde_json::json;
use std::sync::{Condvar, Mutex};
use std::time::Duration;
use tempfile::TempDir;
use throughline::config::Limits;
use throughline::serve::Seams;

#[tokio::test]
async fn a_restart_finds_every_span_once_from_files_and_from_the_log() {
    let server = InProcess::start().await;
    server
        .client
        .export(protobuf("api", vec![span(1, 0), span(1, 1)]))
        .await;
    let server = server.again().await;
    assert_eq!(
        server.client.rows("traces | count").await,
        [[json!(2)]],
        "drained into data files"
    );
    server
        .client
        .export(protobuf("api", vec![span(1, 2)]))
        .await;
    assert_eq!(
        server.client.rows("traces | count").await,
        [[json!(3)]],
        "files and memory as one"
    );
    let server = server.again().await;
    let rows = server
        .client
        .rows("traces | summarize count() by span_id | sort by span_id asc")
        .await;
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|row| row[1] == 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_is_read_in_every_encoding_that_it_was_written_in() {
    let data = TempDir::new().unwrap();
    let process = Process::start(data.path(), &[]);
    let sent = in_every_encoding();
    let expected = 2 * sent.len();
    for (path, headers, body) in sent {
        let mut request = process
            .client
            .http
            .post(process.client.otlp(path))
            .body(body);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        assert_eq!(request.send().await.unwrap().status(), 200);
    }
    let columns =
        "| project trace_id, span_id, name, duration, _time, _sysTime | sort by trace_id, span_id";
    let before = process.client.rows(columns).await;
    assert_eq!(before.len(), expected);
    process.kill();
    let process = Process::start(data.path(), &[]);
    assert_eq!(process.client.rows(columns).await, before);
    process.kill();
}

static READ_BACK: Gate = Gate {
    is_open: Mutex::new(false),
    opened: Condvar::new(),
};

/// Closed until it is opened.
struct Gate {
    is_open: Mutex<bool>,
    opened: Condvar,
}

impl Gate {
    fn pass(&self) {
        let open = self.is_open.lock().unwrap();
        drop(self.opened.wait_while(open, |open| !*open).unwrap());
    }

    fn open(&self) {
        *self.is_open.lock().unwrap() = true;
        self.opened.notify_all();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn until_the_log_is_read_back_queries_wait_and_say_so() {
    let data = TempDir::new().unwrap();
    let process = Process::start(data.path(), &[]);
    process
        .client
        .export(protobuf("api", vec![span(1, 0), span(1, 1)]))
        .await;
    process.kill();
    let seams = Seams {
        replay: |_| {
            READ_BACK.pass();
            Err("of no interest here".to_owned())
        },
        ..Seams::default()
    };
    let limits = Limits {
        query_run_max: Duration::from_millis(200),
        ..Limits::default()
    };
    let server = InProcess::with(data, limits, seams).await;
    let count = json!({"apl": "traces | count"});
    let (status, answer) = server.client.ask(count).await;
    let said = answer.to_string();
    assert_eq!(status, 503, "{said}");
    assert!(said.contains("the log is being read back after the start, record 0 of 1; try again"));
    let (status, said) = server.client.health().await;
    assert_eq!(status, 200, "spans are taken");
    assert!(said.starts_with("ok; queries wait: the log"), "{said}");
    server
        .client
        .export(protobuf("api", vec![span(1, 2)]))
        .await;
    READ_BACK.open();
    server.client.replayed().await;
    assert_eq!(server.client.rows("traces | count").await, [[json!(1)]]);
}

#[tokio::test]
async fn what_queries_left_on_disk_is_removed_at_the_start() {
    let data = TempDir::new().unwrap();
    let left = data.path().join("spill/datafusion-x/file");
    std::fs::create_dir_all(left.parent().unwrap()).unwrap();
    std::fs::write(&left, "spilled").unwrap();
    let server = InProcess::over(data, throughline::config::Limits::default()).await;
    assert!(!left.parent().unwrap().exists());
    assert_eq!(server.client.rows("traces | count").await, [[json!(0)]]);
}
