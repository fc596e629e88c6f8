//! `throughline tail` against servers that come and go.

use super::text;
use crate::running::{InProcess, Process, ended, failure, program};
use crate::spans::{MILLI, failed, number, protobuf, span};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;
use tempfile::TempDir;

/// What is not shown by then never will be.
const PATIENCE: Duration = Duration::from_secs(30);

/// The program at work; its lines as they come.
struct Tail {
    child: Child,
    shown: Receiver<String>,
    said: Receiver<String>,
}

impl Tail {
    fn start(arguments: &[&str], url: &str) -> Self {
        let mut command = program();
        command.arg("tail").args(arguments).args(["--url", url]);
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let shown = lines(child.stdout.take().unwrap());
        let said = lines(child.stderr.take().unwrap());
        Self { child, shown, said }
    }

    fn line(&self) -> String {
        self.shown.recv_timeout(PATIENCE).expect("a line")
    }

    fn name(&self) -> Value {
        let row: Value = serde_json::from_str(&self.line()).unwrap();
        row["name"].clone()
    }

    fn names(&self, count: usize) -> Vec<Value> {
        (0..count).map(|_| self.name()).collect()
    }

    fn says(&self, what: &str) {
        let said = self.said.recv_timeout(PATIENCE).expect("a message");
        assert!(said.contains(what), "{said}");
    }

    /// Ctrl-C; it ends cleanly and has nothing more to show.
    fn end(mut self) {
        signal(&self.child, "-INT");
        assert_eq!(ended(&mut self.child).code(), Some(0));
        assert_eq!(self.shown.iter().collect::<Vec<String>>(), [""; 0]);
        assert_eq!(self.said.iter().collect::<Vec<String>>(), [""; 0]);
    }
}

/// A test that fails leaves nobody behind.
impl Drop for Tail {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = sync_channel(1000);
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines() {
            if sender.send(line.unwrap()).is_err() {
                return;
            }
        }
    });
    receiver
}

pub(super) fn signal(child: &Child, name: &str) {
    let mut kill = Command::new("kill");
    let status = kill.arg(name).arg(child.id().to_string()).status();
    assert!(status.unwrap().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn each_row_is_shown_once_as_it_arrives() {
    let server = InProcess::start().await;
    let send = async |indexes: &[u64]| {
        let spans = indexes.iter().map(|index| span(1, *index)).collect();
        server.client.export(protobuf("api", spans)).await;
    };
    send(&[5, 4, 6]).await;
    let tail = Tail::start(&["-n", "2"], &server.client.api(""));
    assert_eq!(tail.names(2), ["GET /lessons/5", "GET /lessons/6"]);
    send(&[8, 7]).await;
    assert_eq!(tail.names(2), ["GET /lessons/7", "GET /lessons/8"]);
    // Older than all that was shown, and new all the same.
    send(&[1]).await;
    assert_eq!(tail.name(), "GET /lessons/1");
    for index in 10..20 {
        send(&[index]).await;
    }
    let expected: Vec<String> = (10..20)
        .map(|index| format!("GET /lessons/{index}"))
        .collect();
    assert_eq!(tail.names(10), expected);
    tail.end();
}

/// More rows than are asked for at a time, in requests of many sizes.
#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_is_shown_whole() {
    let server = InProcess::start().await;
    let tail = Tail::start(
        &["-n", "0", "['service.name'] == 'api'"],
        &server.client.api(""),
    );
    // It follows as soon as it shows what arrives.
    let mut first = 0;
    while tail.shown.try_recv().is_err() {
        server
            .client
            .export(protobuf("api", vec![span(1, 100_000 + first)]))
            .await;
        first += 1;
    }
    let mut all = 0_u64;
    for size in [1_u64, 1500, 3, 700, 700, 2] {
        let spans = (all..all + size).map(|index| span(2, index)).collect();
        server.client.export(protobuf("api", spans)).await;
        let others = (all..all + size).map(|index| span(3, index)).collect();
        server.client.export(protobuf("worker", others)).await;
        all += size;
    }
    let mut shown = Vec::new();
    while shown.len() < all as usize {
        let row: Value = serde_json::from_str(&tail.line()).unwrap();
        if row["trace_id"] == format!("{:032x}", 2) {
            shown.push(row["span_id"].as_str().unwrap().to_owned());
        }
    }
    shown.sort();
    let expected: Vec<String> = (1..=all).map(|id| format!("{id:016x}")).collect();
    assert!(shown == expected, "{} rows", shown.len());
    tail.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_goes_is_waited_for() {
    let data = TempDir::new().unwrap();
    let server = Process::start(data.path(), &[]);
    let send = async |server: &Process, index: u64| {
        let spans = vec![span(1, index)];
        server.client.export(protobuf("api", spans)).await;
    };
    send(&server, 1).await;
    let address = server.client.addresses.console.to_string();
    let tail = Tail::start(&[], &server.client.api(""));
    assert_eq!(tail.name(), "GET /lessons/1");
    // Shown or not when the server goes; never lost, and never twice.
    send(&server, 2).await;
    server.kill();
    tail.says("nothing is lost");
    let server = Process::start(data.path(), &["--listen", &address]);
    send(&server, 3).await;
    assert_eq!(tail.names(2), ["GET /lessons/2", "GET /lessons/3"]);
    tail.says("the server answers again");
    tail.end();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_says_what_a_span_is_known_by() {
    let server = InProcess::start().await;
    let mut slow = span(1, 1);
    slow.end_time_unix_nano = slow.start_time_unix_nano + 130_944_578;
    let mut bare = failed(span(2, 2));
    bare.attributes = vec![number("n", 1)];
    bare.name = "a\u{1b}[2Jb".to_owned();
    bare.end_time_unix_nano = bare.start_time_unix_nano + 90_000 * MILLI;
    server
        .client
        .export(protobuf("api", vec![slow, bare]))
        .await;
    let events = json!([{ "_time": "2026-11-22T10:00:00Z", "order": 7, "who": null }]);
    let sent = server
        .client
        .call("POST", "/v1/ingest/orders", None, Some(events))
        .await;
    assert_eq!(sent.0, 200, "{}", sent.1);
    let url = server.client.api("");
    let tail = Tail::start(&["--format", "line"], &url);
    let (one, two) = (format!("{:032x}", 1), format!("{:032x}", 2));
    assert_eq!(
        tail.line(),
        format!(
            "2026-11-22T10:00:00.001Z  api               GET /lessons/1                               131ms  200    {one}"
        )
    );
    assert_eq!(
        tail.line(),
        format!(
            "2026-11-22T10:00:00.002Z  api               a[2Jb                                        1m30s  error  {two}"
        )
    );
    tail.end();
    let tail = Tail::start(&["--format", "line", "--dataset", "orders"], &url);
    assert_eq!(tail.line(), "2026-11-22T10:00:00.000Z  {\"order\":7}");
    tail.end();
}

/// Words in a text, in a comment and in a query inside the filter are no operators of the filter.
#[tokio::test(flavor = "multi_thread")]
async fn a_filter_may_speak_of_take() {
    let server = InProcess::start().await;
    let mut odd = failed(span(1, 0));
    odd.name = "a\"b | take 3".to_owned();
    server.client.export(protobuf("api", vec![odd])).await;
    for filter in [
        r#"name == "a\"b | take 3""#,
        "error // | take 3",
        "| where trace_id in (traces | where error | take 3 | project trace_id)",
    ] {
        let tail = Tail::start(&[filter], &server.client.api(""));
        assert_eq!(tail.name(), "a\"b | take 3", "{filter}");
        tail.end();
    }
}

/// As `head` does.
#[tokio::test(flavor = "multi_thread")]
async fn it_ends_when_nobody_reads_on() {
    let server = InProcess::start().await;
    let mut command = program();
    command.args(["tail", "--url", &server.client.api("")]);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut index = 0;
    let code = loop {
        server
            .client
            .export(protobuf("api", vec![span(1, index)]))
            .await;
        index += 1;
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        assert!(index < 100_000, "it goes on");
    };
    assert_eq!(code, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_followed_is_said() {
    let server = InProcess::start().await;
    server
        .client
        .export(protobuf("api", vec![span(1, 0)]))
        .await;
    let url = server.client.api("");
    let cases: [(&[&str], i32, &str); 13] = [
        (
            &["duraton > 1s", "--url", &url],
            65,
            "did you mean 'duration'?",
        ),
        (&["| where duraton > 1s", "--url", &url], 65, "1:9: "),
        (&["error or duraton > 1s", "--url", &url], 65, "1:10: "),
        (
            &["error or", "--url", &url],
            65,
            "\n  error or\n          ^",
        ),
        (
            &["where error", "--url", &url],
            65,
            "1:7: expected '|' or the end of the query, found 'error'\n  where error\n        ^^^^^\n",
        ),
        (
            &["where error", "--url", &url],
            65,
            "operators that begin with |",
        ),
        (
            &["| summarize count()", "--url", &url],
            65,
            "makes other rows",
        ),
        (&["| project name", "--url", &url], 65, "makes other rows"),
        (
            &["--dataset", "trases", "--url", &url],
            64,
            "--dataset trases: ",
        ),
        (
            &["traces | where error", "--url", &url],
            65,
            "--dataset says of what",
        ),
        (&["-n", "5000", "--url", &url], 64, "--lines"),
        (&["--url", "nowhere"], 64, "--url"),
        (&["--url", "http://127.0.0.1:1"], 69, "throughline serve"),
    ];
    for (arguments, code, named) in cases {
        let mut command = program();
        command.arg("tail").args(arguments);
        let (found, said) = tokio::task::spawn_blocking(move || failure(command))
            .await
            .unwrap();
        assert_eq!(found, code, "{arguments:?}: {said}");
        assert!(said.contains(named), "{arguments:?}: {said}");
    }
    let help = program().args(["tail", "--help"]).output().unwrap();
    assert!(text(&help.stdout).contains("Examples:"));
}
