//! A query has a time, a number of rows, a size and room on disk, and is told which of them it met.

use crate::running::{InProcess, rows};
use crate::spans::{protobuf, span};
use serde_json::json;
use std::time::Duration;
use tempfile::TempDir;
use throughline::config::Limits;

#[tokio::test]
async fn a_query_has_a_time_a_row_and_a_size_limit() {
    let over = async |limits| {
        let server = InProcess::over(TempDir::new().unwrap(), limits).await;
        let spans = (0..5).map(|index| span(1, index)).collect();
        server.client.export(protobuf("api", spans)).await;
        server.client.replayed().await;
        server
            .client
            .ask(json!({ "apl": "traces | limit 5" }))
            .await
    };
    let no_time = Limits {
        query_run_max: Duration::ZERO,
        ..Limits::default()
    };
    let (status, answer) = over(no_time).await;
    assert_eq!(status, 400);
    assert!(
        answer["message"]
            .as_str()
            .unwrap()
            .contains("ran longer than"),
        "{answer}"
    );

    let few_rows = Limits {
        query_rows_max: 2,
        ..Limits::default()
    };
    let (status, answer) = over(few_rows).await;
    assert_eq!(status, 200);
    assert_eq!(rows(&answer["tables"][0]).len(), 2);
    assert_eq!(answer["status"]["isPartial"], true);
    assert_eq!(answer["status"]["messages"][0]["code"], "row_limit_reached");

    let few_bytes = Limits {
        query_response_bytes_max: 100,
        ..Limits::default()
    };
    let (status, answer) = over(few_bytes).await;
    assert_eq!(status, 400);
    assert!(
        answer["message"]
            .as_str()
            .unwrap()
            .contains("project fewer"),
        "{answer}"
    );
}

/// Fields made of fields at a hundred and fifty columns' width take the compiler a second in a test's build. What it
/// would find is not waited for.
#[tokio::test]
async fn compiling_has_the_querys_deadline_too() {
    let limits = Limits {
        query_run_max: Duration::from_millis(20),
        ..Limits::default()
    };
    let server = InProcess::over(TempDir::new().unwrap(), limits).await;
    server.client.replayed().await;
    let stages = "| extend a = strlen(name), b = strlen(kind) ".repeat(95);
    let apl = format!("traces {stages} | where no_such_field");
    let (status, answer) = server.client.ask(json!({ "apl": apl })).await;
    assert_eq!(status, 400, "{answer}");
    let message = answer["message"].as_str().unwrap();
    assert!(message.contains("ran longer than"), "{answer}");
}

#[tokio::test]
async fn a_plan_that_runs_past_the_deadline_is_stopped() {
    let limits = Limits {
        query_run_max: Duration::from_millis(80),
        ..Limits::default()
    };
    let server = InProcess::over(TempDir::new().unwrap(), limits).await;
    server.client.replayed().await;
    let long = |index| {
        let mut span = span(1, index);
        span.name = "x".repeat(900 << 10);
        span
    };
    let spans = (0..30).map(long).collect();
    server.client.export(protobuf("api", spans)).await;
    // Compiled soon; then 26 MiB are written anew and searched for each of these.
    let searches: Vec<String> = (0..30)
        .map(|number| format!("tolower(strcat(name, \"{number}\")) contains \"q{number}\""))
        .collect();
    let apl = format!("traces | where {} | count", searches.join(" or "));
    let (status, answer) = server.client.ask(json!({ "apl": apl })).await;
    assert_eq!(status, 400, "{answer}");
    let message = answer["message"].as_str().unwrap();
    assert!(message.contains("ran longer than"), "{answer}");
}

#[tokio::test]
async fn what_does_not_fit_on_disk_either_is_the_querys_fault() {
    let limits = Limits {
        query_memory_bytes_max: 4 << 20,
        query_spill_bytes_max: 64 << 10,
        ..Limits::default()
    };
    let server = InProcess::over(TempDir::new().unwrap(), limits).await;
    for part in 0..4_u64 {
        let of = |index| {
            let mut span = span(1, part * 10_000 + index);
            span.name = format!("{:0100}", part * 10_000 + index);
            span
        };
        let spans = (0..10_000).map(of).collect();
        server.client.export(protobuf("api", spans)).await;
    }
    let apl = "traces | summarize count() by name | count";
    let (status, answer) = server.client.ask(json!({ "apl": apl })).await;
    assert_eq!(status, 400, "{answer}");
    let message = answer["message"].as_str().unwrap();
    assert!(
        message.contains("0 MiB that queries may put on disk"),
        "{answer}"
    );
}

/// Rows of files are filtered where they are read; what fails there comes as text.
#[tokio::test]
async fn a_limit_is_the_querys_also_in_the_filter_of_a_file() {
    let server = InProcess::start().await;
    let spans = (0..5).map(|index| span(1, index)).collect();
    server.client.export(protobuf("api", spans)).await;
    let filter = "strlen(strrep(strrep(name, 1024), 1024)) > 0";
    let apl = format!("traces | where {filter} | count");
    let (status, before) = server.client.ask(json!({ "apl": apl })).await;
    assert_eq!(status, 400, "{before}");
    server.server.flush().await.unwrap();
    let (status, after) = server.client.ask(json!({ "apl": apl })).await;
    assert_eq!(status, 400, "{after}");
    assert_eq!(before["message"], after["message"]);
}
