//! `throughline datasets` against a server.

use super::text;
use crate::running::{InProcess, program};
use crate::spans::{protobuf, span};
use serde_json::{Value, json};
use std::process::{Output, Stdio};

async fn datasets(server: &InProcess, arguments: &[&str]) -> Output {
    let mut command = program();
    command.arg("datasets").args(arguments);
    command.args(["--url", &server.client.api("")]);
    command.stdin(Stdio::null());
    let output = tokio::task::spawn_blocking(move || command.output().unwrap());
    output.await.unwrap()
}

/// What it shows, when it does what it was asked.
async fn shown(server: &InProcess, arguments: &[&str]) -> String {
    let output = datasets(server, arguments).await;
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        text(&output.stderr)
    );
    text(&output.stdout)
}

#[tokio::test]
async fn they_are_made_listed_described_and_deleted() {
    let server = InProcess::start().await;
    let nothing = datasets(&server, &[]).await;
    assert!(nothing.status.success());
    assert!(text(&nothing.stderr).contains("there is no dataset yet"));
    assert_eq!(shown(&server, &["--format", "json"]).await, "[]\n");

    server
        .client
        .export(protobuf("api", vec![span(1, 0), span(1, 1)]))
        .await;
    let made = shown(&server, &["create", "orders", "--text", "What was booked"]).await;
    assert_eq!(made, "dataset orders is made; it is to hold events\n");
    let list = shown(&server, &[]).await;
    let lines: Vec<&str> = list.lines().collect();
    assert!(
        lines[0].starts_with("name    kind    rows  fields"),
        "{list}"
    );
    assert!(lines[2].starts_with("orders  events     0"), "{list}");
    assert!(lines[2].ends_with("365 days  What was booked"), "{list}");
    assert!(lines[3].starts_with("traces  traces     2"), "{list}");
    assert!(lines[3].contains("2026-11-22T10:00:00Z"), "{list}");
    assert_eq!(lines[4], "(2 rows)");

    let all: Value =
        serde_json::from_str(&shown(&server, &["list", "--format", "json"]).await).unwrap();
    assert_eq!(all[0]["name"], "orders");
    assert_eq!(all[0]["newest"], json!(null));
    assert_eq!(all[1]["rows"], 2);
    assert_eq!(all[1]["newest"], "2026-11-22T10:00:00.001Z");
    assert_eq!(all[1]["retention_days"], 365);

    let changed = shown(&server, &["describe", "orders", "--text", "What was paid"]).await;
    assert_eq!(changed, "dataset orders is described\n");
    let page = shown(&server, &["describe", "orders"]).await;
    assert!(page.contains("description  What was paid\n"), "{page}");
    assert!(page.contains("newest       -\n"), "{page}");
    assert!(page.contains("\n_time     datetime\n"), "{page}");

    let gone = shown(&server, &["delete", "traces", "--yes"]).await;
    assert_eq!(gone, "dataset traces is deleted, with 2 rows\n");
    let left = shown(&server, &["--format", "csv"]).await;
    assert_eq!(left.lines().count(), 2, "{left}");
}

#[tokio::test]
async fn what_cannot_be_done_is_said() {
    let server = InProcess::start().await;
    shown(&server, &["create", "orders", "--kind", "logs"]).await;
    let cases: [(&[&str], i32, &str); 9] = [
        (&["create", "orders"], 1, "already"),
        (&["create", "no/such/name"], 64, "name"),
        (&["create", "x", "--kind", "moons"], 64, "--kind"),
        (&["create"], 64, "NAME"),
        (&["describe", "none"], 1, "there is no dataset none"),
        (&["describe", "a/../b?c"], 1, "there is no dataset a/../b?c"),
        (&["delete", "none", "--yes"], 1, "there is no dataset none"),
        (&["delete", "orders"], 64, "--yes"),
        (&["delete", "orders", "--format", "json"], 64, "--format"),
    ];
    for (arguments, code, named) in cases {
        let output = datasets(&server, arguments).await;
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(said.contains(named), "{arguments:?}: {said}");
    }
    let left = shown(&server, &[]).await;
    assert!(left.contains("orders  logs"), "{left}");
}
