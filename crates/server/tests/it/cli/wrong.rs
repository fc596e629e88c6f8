//! What somebody types who has not read the help: each is told what to type instead.

use super::text;
use crate::running::{InProcess, program};
use crate::spans::{protobuf, span};
use std::fs;
use std::process::{Output, Stdio};
use tempfile::TempDir;

/// Words, the exit code, and what is said on stderr.
type Case<'a> = (&'a [&'a str], i32, &'a str);

async fn run(place: &TempDir, arguments: &[&str]) -> Output {
    let mut command = program();
    command.current_dir(place.path()).args(arguments);
    command.stdin(Stdio::null());
    let output = tokio::task::spawn_blocking(move || command.output().unwrap());
    output.await.unwrap()
}

async fn check(place: &TempDir, cases: &[Case<'_>]) {
    for (arguments, code, word) in cases {
        let output = run(place, arguments).await;
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(*code), "{arguments:?}: {said}");
        assert!(said.contains(word), "{arguments:?}: {said}");
    }
}

#[rustfmt::skip]
#[tokio::test]
async fn of_a_server() {
    let (server, place) = (InProcess::start().await, TempDir::new().unwrap());
    server.client.export(protobuf("api", vec![span(1, 0)])).await;
    let url = &server.client.api("");
    let (below, grpc) = (&format!("{url}/api"), &format!("http://{}", server.client.addresses.otlp_grpc));
    let tls = &url.replace("http", "https");
    check(&place, &[
        (&["query", "traces", "take", "5"], 64, "the query is one text: put it in quotes"),
        (&["query", "traces", "--start", "now-1h", "--end", "now-2h"], 64, "--start is not before --end"),
        (&["query", "SELECT name FROM traces", "--url", url], 65, "this is SQL: ask with --sql"),
        (&["query", "--explain", "with a as (select 1) select 1", "--url", url], 65, "this is SQL: ask with --sql"),
        (&["query", "--sql", "traces | count", "--url", url], 65, "it looks like APL: leave out --sql"),
        (&["query", "traces", "--token", "a\nb", "--url", url], 64, "--token or THROUGHLINE_TOKEN: a token has no such characters"),
        (&["query", ""], 64, "write one such as \"| take 10\""),
        (&["query", "--sql", ""], 64, "write one such as \"SELECT * FROM traces LIMIT 10\""),
        (&["query", "traces", "--url", tls], 69, &format!("its address is {url}")),
        (&["query", "traces", "--url", ""], 64, "--url \"\" is no address of a server"),
        (&["query", "traces", "--url", below], 1, "--url is the address alone"),
        (&["query", "traces", "--url", grpc], 69, "name the address of the console and the API with --url"),
        (&["datasets", "describe", "trace", "--url", url], 1, "there is no dataset trace; did you mean traces?"),
        (&["datasets", "describe", "trace", "--text", "x", "--url", url], 1, "did you mean traces?"),
        (&["datasets", "delete", "trace", "--yes", "--url", url], 1, "did you mean traces?"),
        (&["tail", "| where error | take 5", "--url", url], 64, "the filter has take, which would hide rows that arrive"),
        (&["tail", "| where error | limit 5 | extend a = 1", "--url", url], 64, "the filter has limit"),
        (&["tail", r#"name == "\"" | take 5"#, "--url", url], 64, "the filter has take"),
        (&["tail", "error // it's\n|top 5 by duration", "--url", url], 64, "the filter has top"),
        (&["tail", "nme == '| take 5'", "--url", url], 65, "did you mean 'name'?"),
    ]).await;
    // What is right still is.
    let output = run(&place, &["query", "traces | project name", "--start", "now-9000d", "--end", "now", "--url", url]).await;
    assert!(output.status.success(), "{}", text(&output.stderr));
    let output = run(&place, &["query", "traces | where nme == 1", "--url", url]).await;
    assert!(!text(&output.stderr).contains("--sql"), "{}", text(&output.stderr));
}

#[rustfmt::skip]
#[tokio::test]
async fn of_places() {
    let place = TempDir::new().unwrap();
    fs::create_dir(place.path().join("empty")).unwrap();
    check(&place, &[
        (&["serve", "--listen", "4321"], 64, "as in 127.0.0.1:4321"),
        (&["serve", "--otlp-grpc", "localhost:4317"], 64, "a name is none"),
        (&["serve", "--retention-of", "a b=7d"], 64, "could not use the dataset name \"a b\""),
        (&["token", "list", "--data", "empty"], 64, "empty is no data directory"),
        (&["token", "revoke", "x", "--data", "empty"], 64, "empty is no data directory"),
        (&["token", "list", "--data", "nowhere"], 64, "nowhere is no data directory"),
        (&["restore", "nowhere", "--data", "new", "--catalog", "mysql://x"], 64, "postgres://"),
        (&["restore", "nowhere", "--data", "new", "--log-dir", "x"], 64, "--log-dir"),
        (&["restore", "nowhere", "--data", "new"], 64, "there is no backup"),
    ]).await;
    let made: Vec<_> = fs::read_dir(place.path()).unwrap().collect();
    assert_eq!(made.len(), 1, "{made:?}");
    assert_eq!(fs::read_dir(place.path().join("empty")).unwrap().count(), 0);
    // One message says it once.
    let output = run(&place, &["token", "list", "--catalog", "postgres://127.0.0.1:1/x"]).await;
    let said = text(&output.stderr);
    assert_eq!(said.matches("could not use").count(), 1, "{said}");
}
