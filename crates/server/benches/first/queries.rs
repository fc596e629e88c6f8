//! The queries of the runbook, timed over HTTP: the median of seven, after one to warm up.

use crate::server::Server;
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use throughline_bench::spans;

const RUNS: usize = 7;

pub(crate) async fn run(server: &Server, spans: usize) {
    let by_id = format!(
        "| where trace_id == \"{}\"",
        spans::trace_in_the_middle(spans)
    );
    let queries = [
        ("trace by id", by_id.as_str()),
        (
            "count by service",
            "| summarize count() by ['service.name']",
        ),
        (
            "duration > 100ms, slowest 20",
            "| where duration > 100ms | sort by duration desc | limit 20",
        ),
        (
            "http.status_code >= 500",
            "| where ['http.status_code'] >= 500",
        ),
        (
            "the same, 20 newest",
            "| where ['http.status_code'] >= 500 | limit 20",
        ),
    ];
    let client = reqwest::Client::new();
    for (what, apl) in queries {
        ask(&client, server, apl).await;
        let mut times = Vec::with_capacity(RUNS);
        let mut rows = 0;
        for _ in 0..RUNS {
            let (took, found) = ask(&client, server, apl).await;
            times.push(took);
            rows = found;
        }
        times.sort_unstable();
        let median = times[RUNS / 2].as_secs_f64() * 1e3;
        println!("query {what:<30} {median:>8.1} ms, {rows} rows");
        assert!(rows > 0, "{what} found nothing");
    }
}

/// How long the answer took, to its last byte, and how many rows it has.
async fn ask(client: &reqwest::Client, server: &Server, apl: &str) -> (Duration, usize) {
    let started = Instant::now();
    let request = client
        .post(server.api())
        .header("content-type", "application/json");
    let response = request
        .body(json!({ "apl": apl }).to_string())
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 200);
    let body = response.bytes().await.unwrap();
    let took = started.elapsed();
    let answer: Value = serde_json::from_slice(&body).unwrap();
    let rows = answer["tables"][0]["columns"][0]
        .as_array()
        .map_or(0, Vec::len);
    (took, rows)
}
